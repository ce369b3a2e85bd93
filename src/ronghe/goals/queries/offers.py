"""What the 制度包 of annual goals offers an area: each goal with who would coordinate it, who would deliver it, and which number is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.goals.models import Dimension, Goal, GoalPlan, Indicator
from ronghe.goals.models.plans import DIMENSIONS
from ronghe.goals.packs import GoalSpec, read_goal_pack
from ronghe.goals.queries.handbook import name_tracks
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import MEAN, MILESTONES, SAME, SUM, WEIGHTED, Part, combine
from ronghe.goals.rules.curve import last_years, sum_to
from ronghe.org.kinds import LEADERS, POST_TITLES
from ronghe.org.models import Appointment, PartyOrg, Post, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.queries import map_tracks

HEADS = {"party": ("branch_secretary", "area_manager"), "business": ("area_manager", "branch_secretary")}
SIDES = dict(DIMENSIONS)


@dataclass(frozen=True)
class LastYear:
    """Last year's figures of a goal's units: what they make together, over how many months they reach, and whether these are all that were asked.

    `rates`: unit → its mean month, to split by; empty where a unit has none.
    """

    value: Decimal | None
    months: int
    rates: Mapping[int, Decimal]
    whole: bool


@dataclass(frozen=True)
class Offer:
    """One goal of the pack for one area. `problem` says why it cannot be taken in; then nothing is asked for it."""

    spec: GoalSpec
    title: str
    side: str
    indicator: Indicator | None
    dimension: Dimension | None
    leader: Post | None
    who: str
    units: tuple[Unit, ...]
    last: LastYear
    problem: str = ""

    @property
    def unit_text(self) -> str:
        return self.indicator.unit_text if self.indicator else ""

    @property
    def decimals(self) -> int:
        return self.indicator.decimals if self.indicator else 0

    @property
    def basis(self) -> str:
        """What it rests on: the pack's words, else those of the area's own handbook."""
        return self.spec.basis or (self.indicator.basis if self.indicator else "")

    @property
    def value(self) -> Decimal | None:
        """The number that the form begins with: one that a rule itself says, else last year's where it is whole."""
        if self.spec.offer is not None:
            return self.spec.offer
        return self.last.value if self.last.whole else None

    @property
    def means(self) -> str:
        """What the annual number means and how it goes to the units, in words."""
        n = len(self.units)
        if self.spec.rule == SUM:
            how = _("按上年实绩") if self.last.rates else _("平均")
            return _("全区全年合计,%(how)s分到 %(n)d 个单位") % {"how": how, "n": n}
        if self.spec.rule == SAME:
            return _("%(n)d 个单位都是这个数") % {"n": n}
        if self.spec.rule == WEIGHTED:
            return _("全区按产量加权;%(n)d 个单位先都按这个数") % {"n": n}
        if self.spec.rule == MEAN:
            return _("各单位平均;%(n)d 个单位先都按这个数") % {"n": n}
        if self.spec.groups:
            return _("%(n)d 个党小组各有 %(nodes)d 个节点") % {"n": n, "nodes": len(self.spec.nodes)}
        return _("全区,%(nodes)d 个节点") % {"nodes": len(self.spec.nodes)}

    @property
    def vacancy(self) -> str:
        """Why somebody else coordinates it than the pack names."""
        if self.leader is None or self.leader.kind == self.spec.leader:
            return ""
        return _("%(post)s没有人任") % {"post": POST_TITLES[self.spec.leader]}

    @property
    def hint(self) -> str:
        """Where a number that is there already comes from."""
        number = f"{print_number(self.last.value)} {self.unit_text}".strip()
        if self.last.value is None:
            return _("默认 %(number)s,可以改") % {"number": print_number(self.spec.offer)} if self.spec.offer is not None else ""
        if not self.last.whole:
            return _("上年只有 %(n)d 个月的数:%(number)s") % {"n": self.last.months, "number": number}
        return _("上年实际 %(number)s") % {"number": number}

    def judge(self, value: Decimal | None) -> str:
        """Return what is wrong with an annual number, '' where nothing is."""
        if self.problem or self.indicator is None:
            return self.problem
        if value is None:
            return _("请填本单位的数;今年没有这一项,就去掉前面的勾。")
        if value < 0:
            return _("不能小于 0。")
        if self.unit_text == "%" and value > 100:
            return _("是百分数,应在 0 到 100 之间。")
        return ""


@dataclass(frozen=True)
class Scene:
    """What there is in an area, read once for all goals."""

    dimensions: list[Dimension]
    indicators: dict[str, Indicator]
    posts: dict[str, Post]
    holders: dict[str, str]
    tracks: dict[str, str]
    places: dict[int, str]
    units: list[Unit]
    groups: set[int]
    taken: list[Goal]


def read_scene(area: Unit, plan: GoalPlan | None) -> Scene:
    """Read what the offers are made of. Nine queries at most."""
    day = today()
    held = Appointment.objects.on(day).filter(post__area=area, post__kind__in=LEADERS, person__left_on=None)
    return Scene(
        dimensions=list(Dimension.objects.filter(area=area)),
        indicators={row.code: row for row in Indicator.objects.filter(area=area)},
        posts={row.kind: row for row in Post.objects.filter(area=area, unit=area, kind__in=LEADERS, closed_on=None)},
        holders=dict(held.order_by("-pk").values_list("post__kind", "person__name")),
        tracks=dict(read_organisation().tracks) | name_tracks([area.pk]),
        places=map_tracks(area.pk, day),
        units=list(Unit.objects.filter(area=area, closed_on=None).without_tree_fields().order_by("order", "code")),
        groups=set(
            PartyOrg.objects.filter(Q(closed_on=None) | Q(closed_on__gte=day), area=area, kind=PartyOrg.Kind.GROUP).values_list(
                "unit_id", flat=True
            )
        ),
        taken=list(plan.goals.standing().filter(person=None).select_related("indicator")) if plan is not None else [],
    )


def list_offers(area: Unit, months: Sequence[str], plan: GoalPlan | None = None) -> list[Offer]:
    """Return every goal of the pack as this area could take it, in the pack's order. A constant number of queries."""
    scene = read_scene(area, plan)
    pack = read_goal_pack()
    wanted = [row.pk for spec in pack.goals if (row := scene.indicators.get(spec.indicator))]
    actuals = registry.find_actuals(area.pk, wanted, last_years(months[0]), last_years(months[-1])) if wanted else {}
    figures: dict[int, dict[int, dict[str, Decimal]]] = {}
    for (unit, indicator, month), value in actuals.items():
        figures.setdefault(indicator, {}).setdefault(unit, {})[month] = value
    return [make_offer(area, spec, scene, figures, months) for spec in pack.goals]


def make_offer(area: Unit, spec: GoalSpec, scene: Scene, figures: dict[int, Any], months: Sequence[str]) -> Offer:
    indicator = scene.indicators.get(spec.indicator)
    side = indicator.side if indicator else SIDES[spec.dimension]
    title = indicator.name if indicator else spec.name or spec.indicator
    named = [row for row in scene.dimensions if row.name == spec.dimension] or [row for row in scene.dimensions if row.side == side]
    leader = find_leader(spec, side, scene)
    units = find_units(area, spec, indicator, scene)
    last = sum_last_year(spec, indicator, units, scene, figures, months)
    problem = find_problem(spec, title, indicator, leader, units, scene)
    if scene.dimensions and not named and not problem:
        problem = _("目标维度里没有「%(name)s」") % {"name": spec.dimension}
    return Offer(spec, title, side, indicator, named[0] if named else None, leader, tell_leader(leader, scene), tuple(units), last, problem)


def find_leader(spec: GoalSpec, side: str, scene: Scene) -> Post | None:
    """Return the post that coordinates: the pack's where somebody holds it, else one of the two who lead, else whichever is there."""
    chain = [kind for kind in (spec.leader, *HEADS[side]) if kind in scene.posts]
    kind = next((kind for kind in chain if kind in scene.holders), chain[0] if chain else "")
    return scene.posts.get(kind)


def tell_leader(leader: Post | None, scene: Scene) -> str:
    """Return '管理区经理(王海涛)'."""
    if leader is None:
        return ""
    name = scene.holders.get(leader.kind, "")
    return f"{POST_TITLES[leader.kind]}({name})" if name else str(POST_TITLES[leader.kind])


def find_units(area: Unit, spec: GoalSpec, indicator: Indicator | None, scene: Scene) -> list[Unit]:
    """Return who delivers: units in the tracks that are asked for the indicator, those with a 党小组, or the area itself."""
    if indicator is not None:
        return [unit for unit in scene.units if unit.pk in scene.places and indicator.applies_to(scene.places[unit.pk])]
    if spec.groups:
        return [unit for unit in scene.units if unit.pk in scene.groups and unit.pk != area.pk]
    return [] if spec.indicator else [area]


def find_problem(spec: GoalSpec, title: str, indicator: Indicator | None, leader: Post | None, units: list[Unit], scene: Scene) -> str:
    """Return why a goal of the pack cannot be taken in, in words that say what to do; '' where it can."""
    if spec.indicator and indicator is None:
        return _("指标手册里没有这项指标,要用先采用")
    if any(goal.indicator_id == indicator.pk if indicator else goal.title == title for goal in scene.taken):
        return _("计划里已有")
    if leader is None:
        return _("还没有班子成员的岗位,统筹协调没有人")
    if not units and indicator is None:
        return _("还没有党小组")
    if not units and indicator is not None:
        names = "、".join(scene.tracks.get(code, code) for code in indicator.tracks)
        return _("没有「%(tracks)s」赛道的班站或组室,分不下去") % {"tracks": names} if names else _("还没有划入赛道的班站或组室,分不下去")
    return ""


def sum_last_year(
    spec: GoalSpec, indicator: Indicator | None, units: list[Unit], scene: Scene, figures: dict[int, Any], months: Sequence[str]
) -> LastYear:
    """Return last year's figures of the units that would deliver: whole only where each has every month that was asked."""
    if indicator is None or spec.rule == MILESTONES:
        return LastYear(None, 0, {}, whole=False)
    asked = [last_years(month) for month in months if indicator.is_asked_in(last_years(month))]
    mine = {unit.pk: found for unit in units if (found := figures.get(indicator.pk, {}).get(unit.pk))}
    years = {
        pk: year for pk, found in mine.items() if (year := sum_to(found, asked[-1] if asked else "", rollup=indicator.rollup)) is not None
    }
    reach = len({month for found in mine.values() for month in found})
    known = bool(units) and len(mine) == len(units)
    rates = {pk: max(Decimal(0), sum(found.values(), Decimal(0)) / len(found)) for pk, found in mine.items()} if known else {}
    whole = known and all(set(asked) <= set(found) for found in mine.values())
    by = scene.indicators.get(spec.weight)
    weights = {pk: sum(found.values(), Decimal(0)) for pk, found in figures.get(by.pk, {}).items()} if by else {}
    rule = MEAN if spec.rule == SAME or (spec.rule == WEIGHTED and not any(weights.get(pk) for pk in years)) else spec.rule
    value = combine(rule, [Part(year, weights.get(pk)) for pk, year in years.items()], indicator.decimals)
    return LastYear(value, reach, rates, whole)
