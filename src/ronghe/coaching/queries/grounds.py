"""What the records of an area give ground for: from published marks, cures, alerts, goals and credited benefits. A constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from ronghe.assessment.models import Result, Run
from ronghe.assessment.rules import describe_month
from ronghe.coaching.models import Kind
from ronghe.coaching.rules.grounds import LEAST_PEERS, Month, count_run, find_swing
from ronghe.coaching.rules.kinds import GROUNDS, Ground, level_of, read_grounds
from ronghe.common.links import link_to
from ronghe.goals.models import Goal, GoalPlan
from ronghe.initiatives.models import Share
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person, Track, Unit
from ronghe.rectification.models import Item
from ronghe.rectification.queries import list_takers
from ronghe.rectification.rules import LIVE
from ronghe.supervision.models import Alert

MONTHS = 6
MOST_EVIDENCE = 6
CHIEFS = ("station_chief", "group_leader")


@dataclass(frozen=True)
class Candidate:
    """One thing that was found. `key` names it within its kind: the same thing is proposed once."""

    ground: str
    unit_id: int
    person_id: int | None
    text: str
    evidence: list[dict[str, str]] = field(default_factory=list)
    period: str = ""
    indicator: str = ""

    @property
    def key(self) -> str:
        return f"{self.ground}:{f'p{self.person_id}' if self.person_id else f'u{self.unit_id}'}"


def show(value: Decimal) -> str:
    return str(abs(value).quantize(Decimal("0.1"), ROUND_HALF_UP))


class Scene:
    """How an area stands on a day, as far as measures can be proposed on it. Each part is read once, when it is first asked for."""

    def __init__(self, area_id: int, day: date) -> None:
        self.area_id, self.day = area_id, day

    @cached_property
    def held(self) -> list[tuple[int, str, int]]:
        rows = Appointment.objects.on(self.day).filter(post__area_id=self.area_id, person__left_on=None).order_by("post__order", "pk")
        return list(rows.values_list("person_id", "post__kind", "post__unit_id"))

    @cached_property
    def levels(self) -> dict[int, str]:
        kinds: dict[int, list[str]] = defaultdict(list)
        for person, kind, _unit in self.held:
            kinds[person].append(kind)
        return {person: level_of(rows, LEADERS) for person, rows in kinds.items()}

    @cached_property
    def takers(self) -> dict[int, Person]:
        return {person.pk: person for person in list_takers(self.area_id).select_related("unit")}

    @cached_property
    def units(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in Unit.objects.filter(area_id=self.area_id, closed_on=None)}

    @cached_property
    def homes(self) -> dict[int, int]:
        return dict(Person.objects.filter(area_id=self.area_id, left_on=None).values_list("pk", "unit_id"))

    def find_chief(self, unit_id: int) -> int | None:
        """Return who leads a unit: its chief, else the leader of its group."""
        for wanted in CHIEFS:
            for person, kind, unit in self.held:
                if kind == wanted and unit == unit_id:
                    return person
        return None

    def find_decider(self, kind: Kind, one: Candidate) -> Person | None:
        """Return who is to look at a proposal: the nearest post that the kind names, never the one whom it is about.

        A member of the 班子 is looked at by those two who answer for it alone; a chief looks only at the own people.
        """
        about_leader = one.person_id is not None and self.levels.get(one.person_id) == "leader"
        own_first = one.person_id is not None and self.levels.get(one.person_id) == "staff"
        order = sorted(kind.deciders, key=lambda code: (code == "station_chief") != own_first)
        for wanted in order:
            if about_leader and wanted not in ("branch_secretary", "area_manager"):
                continue
            for person, held, unit in self.held:
                near = wanted != "station_chief" or unit == one.unit_id
                if held == wanted and near and person != one.person_id and person in self.takers:
                    return self.takers[person]
        return None

    def list_candidates(self, kind: Kind) -> Iterable[Candidate]:
        """Return what the grounds of a kind find, once for each subject that the kind is for."""
        for ground in read_grounds(kind.grounds):
            find = getattr(self, f"find_{ground.code}")
            for one in find(ground):
                fitted = self.fit(kind, one)
                if fitted is not None:
                    yield fitted

    def fit(self, kind: Kind, one: Candidate) -> Candidate | None:
        """Return the candidate about whom the kind is for: the unit, or its chief; None where the level is not one of the kind's."""
        if one.unit_id not in self.units:
            return None
        if GROUNDS[one.ground][3]:
            if "unit" in kind.levels:
                return one
            chief = self.find_chief(one.unit_id)
            if chief is None or self.levels[chief] not in kind.levels:
                return None
            return Candidate(one.ground, one.unit_id, chief, one.text, one.evidence, one.period, one.indicator)
        known = one.person_id is not None and self.levels.get(one.person_id) in kind.levels
        return one if known else None

    # marks

    @cached_property
    def lines(self) -> dict[int, list[Month]]:
        """Return unit → its last published months, oldest first. Two queries."""
        periods = list(
            Run.objects.filter(area_id=self.area_id, state__in=Run.IN_FORCE).order_by("-period").values_list("period", flat=True)[:MONTHS]
        )
        found: dict[int, list[Month]] = defaultdict(list)
        self.newest = periods[0] if periods else ""
        self.tracks: dict[int, str] = {}
        names = dict(Track.objects.filter(area_id=self.area_id).values_list("code", "name"))
        rows = Result.objects.filter(run__area_id=self.area_id, run__state__in=Run.IN_FORCE, run__period__in=periods)
        for unit, track, month, place, peers, *sides in rows.order_by("run__period").values_list(
            "unit_id", "track", "run__period", "place", "peers", "party", "party_full", "business", "business_full"
        ):
            found[unit].append(Month(month, place, peers, find_rate(*sides)))
            self.tracks[unit] = names.get(track, track)
        return {unit: line for unit, line in found.items() if line[-1].month == self.newest}

    def point_at(self, unit_id: int) -> list[dict[str, str]]:
        """Return the months that a claim about a unit's marks rests on."""
        months = []
        for one in self.lines[unit_id][-4:][::-1]:
            place = f"第 {one.place}/{one.peers} 位" if one.place else "不参排"
            rate = f",得分率 {show(one.rate)}%" if one.rate is not None else ""
            months.append(
                {
                    "text": f"{describe_month(one.month)}:{place}{rate}",
                    "url": link_to("assessment:station", unit_id) + f"?period={one.month}",
                }
            )
        return months

    def find_best(self, ground: Ground) -> Iterable[Candidate]:
        return self.find_end(ground, best=True)

    def find_last(self, ground: Ground) -> Iterable[Candidate]:
        return self.find_end(ground, best=False)

    def find_end(self, ground: Ground, *, best: bool) -> Iterable[Candidate]:
        for unit, line in self.lines.items():
            count = count_run(line, best=best)
            if count >= ground.limit:
                word = "第一" if best else "末位"
                text = f"{describe_month(self.newest)}在{self.tracks[unit]}赛道 {line[-1].peers} 个单位中居{word},连续 {count} 个月"
                yield Candidate(ground.code, unit, None, text, self.point_at(unit), self.newest)

    def find_fall(self, ground: Ground) -> Iterable[Candidate]:
        return self.find_change(ground, up=False)

    def find_rise(self, ground: Ground) -> Iterable[Candidate]:
        return self.find_change(ground, up=True)

    def find_change(self, ground: Ground, *, up: bool) -> Iterable[Candidate]:
        for unit, line in self.lines.items():
            swing = find_swing(line)
            if swing is not None and (swing if up else -swing) >= ground.limit and line[-1].peers >= LEAST_PEERS:
                text = f"{describe_month(self.newest)}得分率比前三个月平均{'高' if up else '低'} {show(swing)} 个百分点"
                yield Candidate(ground.code, unit, None, text, self.point_at(unit), self.newest)

    # cures, alerts, goals, credits

    def find_late(self, ground: Ground) -> Iterable[Candidate]:
        before = self.day - timedelta(days=int(ground.limit))
        rows = Item.objects.filter(area_id=self.area_id, state__in=LIVE, step_due__lt=before, holder__isnull=False)
        by_person: dict[int, list[tuple[int, str, date]]] = defaultdict(list)
        for person, pk, number, title, due in rows.order_by("step_due").values_list("holder_id", "pk", "number", "title", "step_due"):
            if due is not None:
                by_person[person].append((pk, f"{number} {title}", due))
        for person, found in by_person.items():
            text = f"{len(found)} 项整改逾期 {ground.limit:f} 天以上未办,最长 {(self.day - found[0][2]).days} 天"
            evidence = [{"text": f"{name}(应于 {due} 前)", "url": link_to("rectification:item", pk)} for pk, name, due in found]
            yield from self.about(ground, person, text, evidence)

    def find_again(self, ground: Ground) -> Iterable[Candidate]:
        since = self.day - timedelta(days=365)
        rows = Item.objects.filter(area_id=self.area_id, round__gte=2, opened_on__gte=since).order_by("-round", "pk")
        by_unit: dict[int, list[dict[str, str]]] = defaultdict(list)
        counts: dict[int, int] = defaultdict(int)
        for unit, pk, number, title, times in rows.values_list("unit_id", "pk", "number", "title", "round"):
            counts[unit] += times - 1
            by_unit[unit].append({"text": f"{number} {title}(第 {times} 次)", "url": link_to("rectification:item", pk)})
        for unit, count in counts.items():
            if count >= ground.limit:
                text = f"一年内同一问题重复发生 {count} 次,涉及 {len(by_unit[unit])} 项整改"
                yield Candidate(ground.code, unit, None, text, by_unit[unit][:MOST_EVIDENCE])

    def find_alert(self, ground: Ground) -> Iterable[Candidate]:
        before = self.day - timedelta(days=int(ground.limit))
        rows = Alert.objects.filter(area_id=self.area_id, state="open", due__lt=before).order_by("due", "pk")
        by_person: dict[int, list[dict[str, str]]] = defaultdict(list)
        for person, pk, title, due in rows.values_list("owner_id", "pk", "title", "due"):
            by_person[person].append({"text": f"{title}(应于 {due} 前处置)", "url": link_to("supervision:alert", pk)})
        for person, found in by_person.items():
            yield from self.about(ground, person, f"{len(found)} 条预警逾期 {ground.limit:f} 天以上没有处置", found)

    def find_goal(self, ground: Ground) -> Iterable[Candidate]:
        """Red goals of whoever coordinates them, and of the chief of the unit that delivers them."""
        goals = Goal.objects.filter(
            plan__area_id=self.area_id, plan__state=GoalPlan.State.ISSUED, plan__first_month__lte=f"{self.day:%Y-%m}",
            plan__last_month__gte=f"{self.day:%Y-%m}", progress__light="red", person=None,
        ).order_by("pk")  # fmt: skip
        holders = dict(
            Appointment.objects.on(self.day).filter(post__area_id=self.area_id, post__kind__in=LEADERS).values_list("post_id", "person_id")
        )
        by_person: dict[int, dict[int, str]] = defaultdict(dict)
        for pk, title, post, unit in goals.values_list("pk", "title", "coordinator_id", "unit_id"):
            chief = self.find_chief(unit) if unit else None
            for person in (holders.get(post or 0) if unit is None else None, chief):
                if person is not None:
                    by_person[person][pk] = title
        for person, found in by_person.items():
            if len(found) >= ground.limit:
                evidence = [{"text": title, "url": link_to("goals:goal", pk)} for pk, title in found.items()]
                yield from self.about(ground, person, f"负责的目标有 {len(found)} 项红灯", evidence)

    def find_credit(self, ground: Ground) -> Iterable[Candidate]:
        rows = Share.objects.filter(idea__area_id=self.area_id, state="agreed", idea__verified_on__year=self.day.year)
        rows = rows.filter(idea__verified_on__gte=self.day - timedelta(days=90), amount__isnull=False).order_by("pk")
        by_person: dict[int, list[dict[str, str]]] = defaultdict(list)
        for person, pk, title, work in rows.values_list("person_id", "idea_id", "idea__title", "work"):
            by_person[person].append({"text": f"{title}:{work}", "url": link_to("initiatives:idea", pk)})
        for person, found in by_person.items():
            if len(found) >= ground.limit:
                yield from self.about(ground, person, f"近三个月有 {len(found)} 项创效经核实并计入贡献", found)

    def about(self, ground: Ground, person: int, text: str, evidence: list[dict[str, str]]) -> Iterable[Candidate]:
        home = self.homes.get(person)
        if home is not None:
            yield Candidate(ground.code, home, person, text, evidence[:MOST_EVIDENCE], self.latest_period)

    @cached_property
    def latest_period(self) -> str:
        """The newest published month: what a measure on a person's work is compared from."""
        return self.newest if self.lines else ""


def find_rate(party: Any, party_full: Any, business: Any, business_full: Any) -> Decimal | None:
    """Return both sides' marks in per cent of their full; None where nothing was scored."""
    full = (party_full or Decimal(0)) + (business_full or Decimal(0))
    if not full:
        return None
    return ((party or Decimal(0)) + (business or Decimal(0))) * 100 / full
