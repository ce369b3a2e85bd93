"""追标方案 as lists and pages, and the units whose marks a reader may chase."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import Chase, ChaseStep, Result, Run
from ronghe.assessment.permissions import CHASERS
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.runs import name_of
from ronghe.assessment.queries.station import write_figure
from ronghe.assessment.rules import describe_month
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.registry import Hit
from ronghe.figures.queries import last_day
from ronghe.org.models import Membership, Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of

TONES = {"active": "blue", "reached": "green", "missed": "red", "replaced": "", "dropped": ""}
NAMES = ("unit", "run__scheme", "author__person", "judged_by", "replaces", "replaced_by")


@dataclass(frozen=True)
class UnitLine:
    """One unit on the entrance of 追标: where it stands and what lies between it and the next place."""

    name: str
    url: str
    track: str
    place: str
    total: str
    to_next: str
    single: int
    chase: str
    chase_url: str
    ours: bool


@dataclass(frozen=True)
class ChaseLine:
    """One plan in the list."""

    url: str
    number: str
    unit: str
    month: str
    state: str
    tone: str
    light: str
    word: str
    aim: str
    steps: str
    came: str
    author: str


def describe_aim(chase: Chase, digits: int = 2) -> str:
    """Say what counts as reached."""
    if chase.aim == Chase.Aim.PLACE:
        return _("第 %(n)s 名或更好") % {"n": chase.aim_place}
    if chase.aim == Chase.Aim.TOTAL:
        return _("总分不低于 %(total)s") % {"total": kernel.fixed(chase.aim_total, digits)}
    return _("各项数值全部达到")


def read_light(chase: Chase, day: date) -> Any:
    """Return the light of a plan: by its month while it runs, by its end afterwards."""
    return light_for(last_day(chase.month), day, done=not chase.is_active)


def describe_chase(chase: Chase, day: date) -> ChaseLine:
    """Write one plan of the list; wants its unit, author and steps at hand."""
    steps = list(chase.steps.all())
    light = read_light(chase, day)
    done = sum(bool(step.reached) for step in steps)
    return ChaseLine(
        url=reverse("assessment:chase", args=[chase.pk]),
        number=str(chase),
        unit=chase.unit.name,
        month=describe_month(chase.month),
        state=chase.get_state_display(),
        tone=TONES[chase.state],
        light=light.state,
        word=light.word,
        aim=describe_aim(chase),
        steps=_("%(n)d 项") % {"n": len(steps)},
        came=f"{done} / {len(steps)}" if chase.judged_by_id else "",
        author=name_of(chase.author),
    )


def filter_chases(rows: Any, chosen: dict[str, Any]) -> QuerySet[Chase]:
    """Keep what the filter asks for; what is active first, then the newest."""
    for field, name in (("state", "state"), ("unit", "unit_id"), ("month", "month")):
        if chosen.get(field):
            rows = rows.filter(**{name: chosen[field]})
    return rows.select_related("unit", "author__person").prefetch_related("steps").order_by("-month", "-id")


def list_own_units(user: Any) -> set[int]:
    """Return the units that the user stands for: led ones, the own one, and the one of the own party group."""
    standing = standing_of(user)
    own = set(standing.units_of(CHASERS))
    if standing.person_id is not None:
        groups = Membership.objects.on(today()).filter(person_id=standing.person_id)
        own |= set(groups.values_list("group__unit_id", flat=True))
    return own | {standing.unit_id or 0}


def list_units(run: Run, user: Any) -> list[UnitLine]:
    """Return the units of a run by track and place, with what a single figure could do and the plan under way. Four queries."""
    digits = kernel.scheme_of(run.scheme).digits
    tracks = dict(run.tracks)
    single: dict[int, int] = {}
    for mark in list_marks([run]):
        if mark.needed_actual is not None:
            single[mark.unit_id] = single.get(mark.unit_id, 0) + 1
    plans = {row.unit_id: row for row in Chase.objects.visible_to(user).active().filter(area_id=run.area_id).order_by("-month")}
    own = list_own_units(user)
    order = {code: number for number, (code, _name) in enumerate(run.tracks)}
    rows = sorted(
        Result.objects.filter(run=run).select_related("unit"),
        key=lambda row: (order.get(row.track, 99), row.place is None, row.place or 0, row.unit.order, row.unit.code),
    )
    return [
        UnitLine(
            name=row.unit.name,
            url=reverse("assessment:chase-unit", args=[row.unit_id]) + f"?period={run.period}",
            track=tracks.get(row.track, row.track),
            place=str(row.place or ""),
            total=kernel.fixed(row.total, digits),
            to_next=kernel.fixed(row.to_next, digits),
            single=single.get(row.unit_id, 0),
            chase=str(plans[row.unit_id]) if row.unit_id in plans else "",
            chase_url=reverse("assessment:chase", args=[plans[row.unit_id].pk]) if row.unit_id in plans else "",
            ours=row.unit_id in own,
        )
        for row in rows
    ]


def list_owners(unit: Unit) -> list[Person]:
    """Return who may see to a figure of the unit: its leaders and reporters, and those who work there."""
    leaders = list_holders((*CHASERS, "reporter"), area_id=unit.area_id or 0, day=today(), unit_id=unit.pk)
    return list(Person.objects.filter(Q(pk__in=leaders.values("pk")) | Q(unit=unit), left_on=None).order_by("sort_key", "number"))


def propose_owners(unit: Unit, sides: dict[str, str]) -> dict[str, int]:
    """Return indicator → its usual owner: the group's leader for party work, the station's chief for business (双挂钩)."""
    day = today()
    first = {kind: list_holders(kind, area_id=unit.area_id or 0, day=day, unit_id=unit.pk).order_by("pk").first() for kind in CHASERS}
    chief, leader = first["station_chief"] or first["group_leader"], first["group_leader"] or first["station_chief"]
    found = {code: leader if side == "party" else chief for code, side in sides.items()}
    return {code: person.pk for code, person in found.items() if person is not None}


def write_step_line(step: ChaseStep, digits: int) -> dict[str, Any]:
    """Write one step of a plan."""
    word = {True: _("达到"), False: _("未达到"), None: ""}[step.reached]
    return {
        "name": step.name,
        "before": write_figure(step.before, step.unit_text) or "未报",
        "wanted": write_figure(step.wanted, step.unit_text),
        "ratio": write_ratio(step),
        "change": f"{kernel.fixed(step.change * 100, 2)}%",
        "marks": f"{kernel.fixed(step.mark_before, digits) or '—'} → {kernel.fixed(step.mark_then, digits) or '—'}",
        "owner": step.owner.name,
        "came": write_figure(step.came, step.unit_text) if step.came is not None else "",
        "mark_came": kernel.fixed(step.mark_came, digits),
        "word": word,
        "light": {True: "green", False: "red", None: ""}[step.reached],
    }


def write_ratio(step: ChaseStep) -> str:
    """Say the ratio by which the step is judged, where it is not the figure itself."""
    if not step.ratio or step.x_wanted is None:
        return ""
    words = {"attainment": _("完成率"), "deviation": _("偏差率"), "growth": _("增长率"), "difference": _("差值")}
    shown = kernel.fixed(step.x_wanted, 2) if step.ratio == "difference" else f"{kernel.fixed(step.x_wanted * Decimal(100), 2)}%"
    return f"{words[step.ratio]} {shown}"


def search_chases(user: Any, query: str, limit: int) -> list[Hit]:
    """Find plans by number, unit or indicator; '追标' finds all."""
    text = query.strip()
    rows = Chase.objects.visible_to(user).select_related("unit")
    if text not in ("追标", "追标方案"):
        rows = rows.filter(Q(number__icontains=text) | Q(unit__name__icontains=text) | Q(steps__name__icontains=text)).distinct()
    return [
        Hit(
            "追标方案",
            str(row),
            f"{row.unit.name} · {describe_month(row.month)} · {row.get_state_display()}",
            reverse("assessment:chase", args=[row.pk]),
        )
        for row in rows[:limit]
    ]
