"""追标 of a leader: the indicators that one answers for by one's matters (分工), and every unit's gaps in them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Run
from ronghe.assessment.queries.marks import list_marks, list_runs
from ronghe.assessment.queries.station import STATE_WORDS, write_distance, write_figure, write_step
from ronghe.assessment.rules import shift_month
from ronghe.duties.queries import list_indicators_of
from ronghe.org.standing import standing_of


@dataclass(frozen=True)
class AnsweredLine:
    """One unit in the indicator, ready to print."""

    unit: str
    url: str
    actual: str
    target: str
    to_target: str
    last_year: str
    mark: str
    lost: str
    to_leader: str
    to_mean: str
    needed: str
    word: str


@dataclass(frozen=True)
class Answered:
    """One indicator that somebody answers for."""

    code: str
    name: str
    url: str
    matters: list[Any]
    behind: int
    lost: str
    lines: list[AnsweredLine]


def list_answered(run: Run, user: Any) -> list[Answered]:
    """Return the indicators of the matters that the user holds, the most marks lost first, with the units that lose some. Seven queries."""
    person_id = standing_of(user).person_id
    held = list_indicators_of(person_id) if person_id is not None else {}
    if not held:
        return []
    scheme = kernel.scheme_of(run.scheme)
    last_year = list_runs(area_id=run.area_id, period=shift_month(run.period, -12), state__in=Run.IN_FORCE)
    before = {(mark.unit_id, mark.indicator): mark.actual for mark in list_marks(last_year, indicators=held)}
    found: dict[str, list[Mark]] = {}
    now = list_marks([run], indicators=held, with_units=True)
    for mark in sorted(now, key=lambda mark: (mark.unit.order, mark.unit.code)):
        found.setdefault(mark.indicator, []).append(mark)
    lines = []
    for code, marks in found.items():
        item = scheme.indicator_by_code[code]
        losing = sorted(
            (mark for mark in marks if mark.mark is None or mark.lost), key=lambda mark: (mark.lost is not None, -(mark.lost or 0))
        )
        total = sum((mark.lost or Decimal(0) for mark in marks), Decimal(0))
        lines.append(
            (
                -total,
                Answered(
                    code,
                    item.name,
                    reverse("assessment:indicator", args=[code]) + f"?period={run.period}",
                    held[code],
                    len(losing),
                    kernel.fixed(total, scheme.digits),
                    [write_line(run, mark, scheme, item.unit, before.get((mark.unit_id, code))) for mark in losing],
                ),
            )
        )
    return [line for _lost, line in sorted(lines, key=lambda pair: (pair[0], pair[1].code))]


def write_line(run: Run, mark: Mark, scheme: Any, unit: str, before: Any) -> AnsweredLine:
    return AnsweredLine(
        unit=mark.unit.name,
        url=reverse("assessment:chase-unit", args=[mark.unit_id]) + f"?period={run.period}",
        actual=write_figure(mark.actual, unit),
        target=write_figure(mark.target, unit),
        to_target=write_step(mark.target, mark.actual, unit)
        if None not in (mark.target, mark.actual) and mark.target != mark.actual
        else "",
        last_year=write_figure(before, unit),
        mark=kernel.fixed(mark.mark, scheme.digits),
        lost=kernel.fixed(mark.lost, scheme.digits),
        to_leader=write_distance(mark.to_leader, scheme.digits),
        to_mean=write_distance(mark.to_mean, scheme.digits),
        needed=write_figure(mark.needed_actual, unit),
        word=STATE_WORDS.get(mark.state, ""),
    )
