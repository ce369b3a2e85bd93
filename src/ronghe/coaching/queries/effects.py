"""Before and after of measures and pairs, from published results, against the same track (rules/effects.py)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ronghe.assessment.models import Result, Run
from ronghe.assessment.queries.marks import list_marks, list_runs
from ronghe.assessment.rules import month_of, shift_month
from ronghe.coaching.models import Measure, Pair
from ronghe.coaching.queries.grounds import find_rate
from ronghe.coaching.rules.effects import NOTHING, Effect, Pool, measure_effect, pool_effects
from ronghe.coaching.rules.pairs import Cell
from ronghe.common.links import link_to
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit

PAIRS = "结对观摩"
TONES = {"better": "green", "worse": "red", "unsure": "", "nothing": ""}


@dataclass(frozen=True)
class Event:
    """Something that may have had an effect on a unit's line: from which month's result it came, in which month it began."""

    label: str
    title: str
    url: str
    unit_id: int
    unit: str
    indicator: str
    trigger: str
    start: str


@dataclass
class Lines:
    """What an area's units were marked, month by month, in per cent: overall and in single indicators."""

    months: list[str] = field(default_factory=list)
    overall: dict[int, dict[str, float]] = field(default_factory=dict)
    single: dict[str, dict[int, dict[str, float]]] = field(default_factory=dict)
    tracks: dict[int, dict[str, str]] = field(default_factory=dict)

    def of_track(self, unit: int, indicator: str, month: str) -> dict[int, dict[str, float]]:
        """Return the lines of all units that ran in the unit's track in a month (else in its latest)."""
        own = self.tracks.get(unit, {})
        track = own.get(month) or (own[max(own)] if own else "")
        lines = self.single.get(indicator, {}) if indicator else self.overall
        return {pk: line for pk, line in lines.items() if track in self.tracks.get(pk, {}).values()}

    def measure(self, event: Event) -> Effect:
        series = self.of_track(event.unit_id, event.indicator, event.trigger)
        return measure_effect(series, event.unit_id, months=self.months, trigger=event.trigger, start=event.start)


def load_lines(area_id: int, indicators: Iterable[str]) -> Lines:
    """Read the marks of an area. Three queries, one without single indicators."""
    lines = Lines()
    tracks: dict[int, dict[str, str]] = defaultdict(dict)
    overall: dict[int, dict[str, float]] = defaultdict(dict)
    rows = Result.objects.filter(run__area_id=area_id, run__state__in=Run.IN_FORCE).order_by("run__period")
    for unit, track, month, *sides in rows.values_list(
        "unit_id", "track", "run__period", "party", "party_full", "business", "business_full"
    ):
        rate = find_rate(*sides)
        tracks[unit][month] = track
        if rate is not None:
            overall[unit][month] = float(rate)
    lines.tracks, lines.overall = dict(tracks), dict(overall)
    lines.months = sorted({month for row in tracks.values() for month in row})
    wanted = sorted({code for code in indicators if code})
    if wanted:
        for row in list_marks(list_runs(area_id=area_id, state__in=Run.IN_FORCE), indicators=wanted):
            if row.full and row.mark is not None:
                lines.single.setdefault(row.indicator, {}).setdefault(row.unit_id, {})[row.run.period] = float(row.mark * 100 / row.full)
    return lines


def event_of_measure(measure: Measure) -> Event | None:
    """Return the event of a measure that can be told from a unit's marks: one on a unit or its chief; an employee has no marks here."""
    if measure.level not in ("unit", "chief") or measure.state == Measure.State.DROPPED:
        return None
    begun = month_of(measure.carried_on or measure.decided_on)
    trigger = min(measure.period or shift_month(month_of(measure.decided_on), -1), begun)
    return Event(
        measure.kind.name, str(measure), link_to("coaching:measure", measure.pk), measure.unit_id, measure.unit.name, measure.indicator,
        trigger, begun,
    )  # fmt: skip


def event_of_pair(pair: Pair) -> Event | None:
    if pair.started_on is None:
        return None
    return Event(
        PAIRS, str(pair), link_to("coaching:pair", pair.pk), pair.weak_id, pair.weak.name, pair.indicator, pair.period,
        month_of(pair.started_on),
    )  # fmt: skip


@dataclass(frozen=True)
class EffectLine:
    """One event with what came of it, ready to print. `title` and `url` are empty for who may not read the measure."""

    title: str
    url: str
    unit: str
    about: str
    start: str
    own: str
    expected: str
    effect: str
    span: str
    word: str
    tone: str
    note: str


@dataclass(frozen=True)
class KindLine:
    label: str
    count: int
    counted: int
    better: int
    effect: str
    span: str
    word: str
    tone: str


@dataclass
class EffectsPage:
    kinds: list[KindLine] = field(default_factory=list)
    lines: list[EffectLine] = field(default_factory=list)


def show_signed(value: float | None) -> str:
    if value is None:
        return "—"
    text = f"{abs(value):.1f}"
    return "0.0" if text == "0.0" else f"{'+' if value > 0 else '-'}{text}"


def show_span(low: float | None, high: float | None) -> str:
    return "—" if low is None or high is None else f"{show_signed(low)} ~ {show_signed(high)}"


def describe_effect(event: Event, effect: Effect, names: dict[str, str], *, readable: bool) -> EffectLine:
    """Return an event's line."""
    if effect.effect is None:
        note = f"前 {effect.before} 个月、后 {effect.after} 个月、同赛道 {effect.peers} 个单位:还不够比较"
    else:
        note = f"前 {effect.before} 个月、后 {effect.after} 个月,同赛道 {effect.peers} 个单位" + (
            ",样本小,只作参考" if effect.is_small else ""
        )
    return EffectLine(
        event.title if readable else event.label, event.url if readable else "", event.unit if readable else "",
        names.get(event.indicator, event.indicator) if event.indicator else "总得分率", event.start, show_signed(effect.own),
        show_signed(effect.expected), show_signed(effect.effect), show_span(effect.low, effect.high), effect.word, TONES[effect.verdict], note,
    )  # fmt: skip


def describe_pool(label: str, pool: Pool) -> KindLine:
    """Return a kind's line; below three that count no number is shown that would look like knowledge."""
    if pool.verdict == NOTHING:
        return KindLine(label, pool.count, pool.counted, pool.better, "—", "—", pool.word, TONES[NOTHING])
    return KindLine(
        label,
        pool.count,
        pool.counted,
        pool.better,
        show_signed(pool.effect),
        show_span(pool.low, pool.high),
        pool.word,
        TONES[pool.verdict],
    )


def build_effects(user: Any, area_id: int) -> EffectsPage:
    """Return 'which measures worked': the kinds with what they did together, and the single ones that the user may read. Seven queries."""
    measures = (
        Measure.objects.filter(area_id=area_id)
        .exclude(state="dropped")
        .filter(level__in=("unit", "chief"))
        .select_related("kind", "unit", "person")
    )
    readable = set(Measure.objects.visible_to(user).filter(area_id=area_id).values_list("pk", flat=True))
    pairs = Pair.objects.filter(area_id=area_id, started_on__isnull=False).select_related("weak", "strong")
    events: list[tuple[Event, bool]] = []
    for measure in measures.order_by("decided_on", "pk"):
        event = event_of_measure(measure)
        if event is not None:
            events.append((event, measure.pk in readable))
    for pair in pairs.order_by("started_on", "pk"):
        event = event_of_pair(pair)
        if event is not None:
            events.append((event, True))
    lines = load_lines(area_id, [event.indicator for event, _seen in events])
    names = dict(Indicator.objects.filter(area_id=area_id).values_list("code", "name"))
    page, by_kind = EffectsPage(), defaultdict(list)
    for event, seen in events:
        effect = lines.measure(event)
        by_kind[event.label].append(effect)
        if seen:
            page.lines.append(describe_effect(event, effect, names, readable=True))
    page.lines.reverse()
    page.kinds = [describe_pool(label, pool_effects(found)) for label, found in by_kind.items()]
    page.kinds.sort(key=lambda line: (-line.counted, line.label))
    return page


def find_effect(area_id: int, event: Event | None, names: dict[str, str] | None = None) -> EffectLine | None:
    """Return what came of one event. Four queries."""
    if event is None:
        return None
    lines = load_lines(area_id, [event.indicator])
    known = names if names is not None else dict(Indicator.objects.filter(area_id=area_id).values_list("code", "name"))
    return describe_effect(event, lines.measure(event), known, readable=True)


def list_cells(user: Any, run: Run) -> tuple[Sequence[Any], dict[int, int], dict[int, str], dict[str, str]]:
    """Return the marks of a run as cells for pairing, unit → place, unit → name, indicator → name. Four queries."""
    ranked = Result.objects.visible_to(user).filter(run=run, place__isnull=False)
    placed = {unit: place or 0 for unit, place in ranked.values_list("unit_id", "place")}
    rows = sorted(list_marks([run]), key=lambda row: (row.order, row.unit_id))
    cells = [Cell(row.unit_id, row.track, row.indicator, row.mark, row.full) for row in rows if row.full and row.mark is not None]
    names = dict(Indicator.objects.filter(area_id=run.area_id).values_list("code", "name"))
    units = dict(Unit.objects.filter(area_id=run.area_id).values_list("pk", "name"))
    return cells, placed, units, names
