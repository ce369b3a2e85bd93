"""Pairs ready to print, and whom the newest published marks would bring together."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from ronghe.assessment.models import Run
from ronghe.assessment.rules import describe_month
from ronghe.coaching.models import Pair
from ronghe.coaching.permissions import CHIEFS, may_run_pair
from ronghe.coaching.queries.effects import list_cells
from ronghe.coaching.rules.pairs import match_units
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import find_fixed, link_to
from ronghe.org.models import Appointment
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers

TONES = {"proposed": "yellow", "running": "blue", "ended": "green", "declined": ""}


@dataclass(frozen=True)
class PairRow:
    """One pair in the list."""

    title: str
    indicator: str
    weak: str
    strong: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    url: str


def describe_pair(pair: Pair, day: date) -> PairRow:
    light = light_for(pair.ends_on, day, done=not pair.is_live)
    return PairRow(
        str(pair), pair.indicator_name, pair.weak.name, pair.strong.name, pair.get_state_display(), TONES[pair.state], light.state, light.word,
        str(pair.ended_on or light.note), link_to("coaching:pair", pair.pk),
    )  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A pair that the marks suggest; `url` opens the form filled in."""

    weak: str
    strong: str
    indicator: str
    text: str
    url: str


def list_offers(user: Any, area_id: int) -> list[Offer]:
    """Return whom the newest published marks would bring together, those already paired left out. Seven queries."""
    run = Run.objects.visible_to(user).filter(area_id=area_id).in_force().light().order_by("-period").first()
    if run is None:
        return []
    cells, placed, units, names = list_cells(user, run)
    taken = set(Pair.objects.filter(area_id=area_id, state__in=["proposed", "running"]).values_list("weak_id", "indicator"))
    month, offers = describe_month(run.period), []
    led = list_led_units(area_id)
    for one in match_units([cell for cell in cells if cell.unit in led and (cell.unit, cell.indicator) not in taken], placed):
        name = names.get(one.indicator, one.indicator)
        low, high = (str((rate * 100).quantize(Decimal(1), ROUND_HALF_UP)) for rate in (one.weak_rate, one.strong_rate))
        text = f"{month}{name}:{units[one.weak]}得满分的 {low}%,{units[one.strong]} {high}%,差 {one.gap.quantize(Decimal('0.1'))} 分"
        query = urlencode({"weak": one.weak, "strong": one.strong, "indicator": one.indicator, "why": text})
        offers.append(Offer(units[one.weak], units[one.strong], name, text, f"{find_fixed('coaching:pair-new')}?{query}"))
    return offers


def list_led_units(area_id: int) -> set[int]:
    """Return the units with a chief who can be charged: only they can agree to a pair. One query."""
    held = Appointment.objects.on(today()).filter(post__area_id=area_id, post__kind__in=CHIEFS, person__in=list_takers(area_id))
    return set(held.values_list("post__unit_id", flat=True))


@dataclass(frozen=True)
class TaskRow:
    pk: int
    text: str
    owner: str
    light: str
    word: str
    note: str
    result: str
    may_finish: bool


def list_tasks(pair: Pair, user: Any) -> list[TaskRow]:
    """Return the tasks of a pair. One query."""
    me, day, runs = standing_of(user).person_id, today(), may_run_pair(user, pair)
    rows = []
    for row in pair.tasks.select_related("owner"):
        light = light_for(row.due, day, done=row.done_on is not None)
        open_mine = row.done_on is None and (runs or row.owner_id == me)
        rows.append(
            TaskRow(row.pk, row.text, row.owner.name, light.state, light.word, str(row.done_on or light.note), row.result, open_mine)
        )
    return rows
