"""季度检查: who checks whom, what a sheet asks, the tables, what the scheme is offered."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q

from ronghe.appraisal.models import CheckRound, CheckSheet, SheetLine
from ronghe.appraisal.models.onsite import SHEET_READERS
from ronghe.appraisal.rules.onsite import INPUTS, VERDICTS, Asked, say_score
from ronghe.appraisal.rules.periods import days_of
from ronghe.assessment.kernel import plain
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Prefill, find_actuals, find_cures
from ronghe.duties.models import DutyItem, DutyVersion
from ronghe.goals.models import Indicator
from ronghe.org.models import Appointment, PartyOrg, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers

CHIEFS = ("station_chief", "group_leader")
SCORE_CODE = "onsite"  # an area's indicator of this code is offered the quarter's mark
MOST_FIGURES = 3


def list_units(area_id: int) -> list[Unit]:
    """Return the units that are checked, each with its 党小组 in `party_groups`. Two queries."""
    groups = Prefetch("party_orgs", PartyOrg.objects.filter(kind=PartyOrg.Kind.GROUP, closed_on=None), to_attr="party_groups")
    return list(
        Unit.objects.filter(area_id=area_id, kind__in=("station", "office"), closed_on=None)
        .order_by("order", "code")
        .prefetch_related(groups)
    )


def list_checkers(area_id: int) -> list[Person]:
    """Return who may go and look: those who read all of the area's checks."""
    held = Appointment.objects.on(today()).filter(post__area_id=area_id, post__kind__in=SHEET_READERS)
    return list(list_takers(area_id).filter(pk__in=held.values("person_id")).select_related("unit").order_by("pk"))


def find_barred(area_id: int, units: Sequence[Unit]) -> dict[int, frozenset[int]]:
    """Return unit → who may not check it: who leads it, and who is at home there. Two queries."""
    found: dict[int, set[int]] = {unit.pk: set() for unit in units}
    held = Appointment.objects.on(today()).filter(post__unit_id__in=found, post__kind__in=CHIEFS)
    for unit, person in held.values_list("post__unit_id", "person_id"):
        found[unit].add(person)
    for unit, person in Person.objects.filter(unit_id__in=found, left_on=None).values_list("unit_id", "pk"):
        found[unit].add(person)
    return {unit: frozenset(people) for unit, people in found.items()}


def list_asked(area_id: int, units: Sequence[Unit], quarter: str) -> dict[int, list[Asked]]:
    """Return unit → the lines of its sheet: its group's duties in force at the quarter's end, then the five inputs. Five queries."""
    first, last = days_of(quarter)
    versions = DutyVersion.objects.filter(
        state="issued", duty_list__group__unit__in=[unit.pk for unit in units], valid_from__lte=max(last, today())
    )
    newest: dict[int, int] = {}
    for pk, owner in versions.order_by("valid_from", "number").values_list("pk", "duty_list__group__unit_id"):
        if owner is not None:
            newest[owner] = pk
    duties: dict[int, list[DutyItem]] = defaultdict(list)
    for item in DutyItem.objects.filter(version_id__in=newest.values()).select_related("category"):
        duties[item.version_id].append(item)
    inputs = list_inputs(area_id, first, last)
    asked = {}
    for unit in units:
        rows = [
            Asked(item.category.name, item.what, item.degree, f"duty:{item.what}"[:80]) for item in duties.get(newest.get(unit.pk, 0), [])
        ]
        asked[unit.pk] = rows + [one.for_unit(unit.pk) for one in inputs]
    return asked


@lru_cache(maxsize=1)
def name_inputs() -> dict[str, str]:
    """Return code → name of the pack's five inputs; an input of an area's own is called as it is written."""
    text = (settings.PACKS_DIR / "indicators.toml").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in tomllib.loads(text)["input"]}


@dataclass(frozen=True)
class Input:
    """One of the five inputs with its indicators' reported figures of the quarter."""

    code: str
    name: str
    indicators: tuple[tuple[int, str], ...]
    figures: dict[tuple[int, int, str], Any]

    def for_unit(self, unit_id: int) -> Asked:
        said = []
        for pk, name in self.indicators:
            months = [
                f"{int(month[5:7])}月 {plain(value)}"
                for (unit, one, month), value in sorted(self.figures.items())
                if (unit, one) == (unit_id, pk)
            ]
            if months:
                said.append(f"{name} {'、'.join(months)}")
        text = f"{self.name}:{';'.join(said[:MOST_FIGURES])}" if said else f"{self.name}:本季没有上报的数"
        return Asked(INPUTS, text[:400], "台账、现场和上报的数一致", f"input:{self.code}")


def list_inputs(area_id: int, first: date, last: date) -> list[Input]:
    """Return the five inputs as the area's handbook groups its indicators. Three queries."""
    rows = Indicator.objects.filter(area_id=area_id).exclude(input="").order_by("code")
    grouped: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, name, group in rows.values_list("pk", "name", "input"):
        grouped[group].append((pk, name))
    pks = [pk for found in grouped.values() for pk, _name in found]
    figures = find_actuals(area_id, pks, f"{first:%Y-%m}", f"{last:%Y-%m}") if pks else {}
    names = name_inputs()
    return [Input(code, names.get(code, code), tuple(found), figures) for code, found in grouped.items()]


@dataclass(frozen=True)
class RoundRow:
    """One quarter's check in the list."""

    title: str
    quarter: str
    due: str
    done: int
    whole: int
    light: str
    word: str
    note: str
    url: str


def describe_round(row: CheckRound, day: date) -> RoundRow:
    """Return a round ready to print; wants `whole` and `done` (annotate_round)."""
    whole, done = getattr(row, "whole", 0), getattr(row, "done", 0)
    light = light_for(row.due, day, done=whole == done)
    return RoundRow(
        str(row), row.quarter, str(row.due), done, whole, light.state, light.word, light.note, link_to("appraisal:check-round", row.pk)
    )


def annotate_round(rows: Any) -> Any:
    return rows.annotate(whole=Count("sheets"), done=Count("sheets", filter=Q(sheets__state="done"))).order_by("-quarter", "-id")


@dataclass(frozen=True)
class SheetRow:
    """One unit's sheet in the round's table: the mark counts for the station and for its 党小组."""

    pk: int
    unit: str
    group: str
    checker: str
    state: str
    done: bool
    score: str
    light: str
    word: str
    note: str
    faults: int
    url: str


def list_sheets(found: CheckRound, user: Any) -> list[SheetRow]:
    """Return the sheets of a round; those that the user may not open have no address. Three queries."""
    day = today()
    readable = set(CheckSheet.objects.visible_to(user).filter(round=found).values_list("pk", flat=True))
    rows = found.sheets.select_related("unit", "group", "checker").order_by("unit__order", "unit__code")
    rows = rows.annotate(faults=Count("lines", filter=Q(lines__verdict__in=["part", "none"])))
    lines = []
    for row in rows:
        light = light_for(found.due, day, done=row.state == CheckSheet.State.DONE)
        url = link_to("appraisal:sheet", row.pk) if row.pk in readable else ""
        lines.append(
            SheetRow(
                row.pk, row.unit.name, row.group.name if row.group else "", row.checker.name, row.get_state_display(),
                row.state == CheckSheet.State.DONE, "" if row.score is None else str(row.score), light.state, light.word,
                str(row.done_on or light.note), row.faults, url,
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class LineRow:
    place: int
    what: str
    degree: str
    verdict: str
    code: str
    note: str
    cures: list[Any]


def list_lines(sheet: CheckSheet, user: Any) -> list[tuple[str, list[LineRow]]]:
    """Return the lines by category, with what became of what was found. Four queries."""
    rows = list(sheet.lines.all())
    cures = find_cures(user, SheetLine._meta.label_lower, [row.pk for row in rows if row.verdict in ("part", "none")])
    grouped: dict[str, list[LineRow]] = {}
    for row in rows:
        line = LineRow(row.order, row.what, row.degree, VERDICTS.get(row.verdict, ""), row.verdict, row.note, cures.get(row.pk, []))
        grouped.setdefault(row.category, []).append(line)
    return list(grouped.items())


def say_sheet(sheet: CheckSheet) -> str:
    return say_score([line.verdict for line in sheet.lines.all()])


def list_mine_to_fill(user: Any) -> list[int]:
    """Return the open sheets of this checker: what a phone keeps for where there is no signal."""
    return list(
        CheckSheet.objects.filter(checker_id=standing_of(user).person_id or 0, state="due").order_by("pk").values_list("pk", flat=True)[:20]
    )


def prefill_onsite(area_id: int, period: str, indicators: Iterable[Any]) -> dict[tuple[int, int], Prefill]:
    """Offer the quarter's mark to the indicator `onsite` of its last month (双挂钩: one mark for the station and its group)."""
    wanted = [row for row in indicators if row.code == SCORE_CODE]
    month = int(period[5:7])
    if not wanted or month % 3:
        return {}
    quarter = f"{period[:4]}Q{month // 3}"
    rows = CheckSheet.objects.filter(round__area_id=area_id, round__quarter=quarter, state="done", score__isnull=False).select_related(
        "checker"
    )
    return {
        (row.unit_id, wanted[0].pk): Prefill(row.score, f"{quarter} 季度检查,{row.checker.name} {row.done_on}")
        for row in rows
        if row.score is not None
    }


def find_line_page(pk: int) -> str:
    """Return the page of the sheet on which a line stands."""
    sheet = SheetLine.objects.filter(pk=pk).values_list("sheet_id", flat=True).first()
    return link_to("appraisal:sheet", sheet) if sheet else ""
