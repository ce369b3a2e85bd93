"""The demo's 措施: proposed from the marks month by month, decided by people, talks to their follow-ups, pairs to their effects (M22, M25)."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.coaching.actions import kinds, measures, pairs, proposals, talks
from ronghe.coaching.models import FollowUp, Measure, Pair, Proposal
from ronghe.coaching.queries.pairs import list_offers
from ronghe.coaching.rules.kinds import TALK
from ronghe.goals.models import Indicator
from ronghe.org.models import Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import first_of_month
from ronghe.rectification.queries import list_takers

MONTHS = 9  # of measures behind today
MOST = 2  # measures decided in a month
TALKED = {
    "problem": "考核中失分集中在两项指标,连续两月没有改进;整改措施写了没有落到人。",
    "cause": "班组分工不清,检查发现的问题交代下去没有回头看。",
    "promise": "一周内把两项指标分到班组和人,每周一看一次,下月底前见结果。",
    "help": "技术室派一名技术员跟班两周;材料计划优先安排。",
}
SEEN = (
    ("better", "两项指标都有回升,措施落到了人。", True),
    ("same", "一项保持,一项没有变化,继续盯。", None),
    ("better", "按承诺完成。", True),
)
PAIRS = (8, 6, 3)  # months back in which each began
LASTS = 110


def coach(loaded: Loaded, area: str) -> Story:
    """Adopt the kinds; each month look at what is proposed, decide on a few, hold the talks, look again."""
    unit, today = loaded.units[area], loaded.world.today
    months = list_months(today, MONTHS if area == "A1" else 2)
    start = months[0]
    yield moment_of(start, 8)
    kinds.adopt_kinds(unit, by=loaded.holder("branch_secretary", area, start))
    for number, month in enumerate(months):
        day = month + timedelta(days=23)
        if day + timedelta(days=5) > today:
            break
        yield moment_of(day, 10)
        proposals.propose_area(unit, day)
        decide_some(loaded, area, unit, day, number)
        clear_backlog(unit, day)
        yield moment_of(day + timedelta(days=3), 16)
        hold_talks(unit)
        yield moment_of(day + timedelta(days=4), 16)
        look_at_what_is_due(unit, day + timedelta(days=4))
    yield moment_of(today, 7, 50)
    clear_backlog(unit, today)
    proposals.propose_area(unit, today)
    talk = Measure.objects.filter(area=unit, state="open", kind__way=TALK, talk=None).select_related("owner").first()
    if talk is not None:
        talks.give_notice(
            talk, meets_on=today + timedelta(days=1), meets_at=time(16, 0), place="党员活动室", notice="", by=account(talk.owner)
        )


def list_months(today: date, count: int) -> list[date]:
    found = [first_of_month(today)]
    for _n in range(count):
        found.append(first_of_month(found[-1] - timedelta(days=1)))
    return found[::-1]


def decide_some(loaded: Loaded, area: str, unit: Unit, day: date, number: int) -> None:
    """Decide on the first proposals; each third is dismissed with a reason, the rest waits or lapses."""
    rows = Proposal.objects.filter(area=unit, state="open").select_related("kind", "unit", "person", "owner").order_by("due", "pk")
    for place, row in enumerate(pick(rows.filter(owner__in=find_able(unit)))):
        by = account(row.owner)
        if (place + number) % 3 == 2:
            proposals.dismiss_proposal(row, reason="情况已当面了解,先由本单位自行改进,下月再看。", by=by)
            continue
        owner = find_owner(loaded, area, day, row.person_id)
        measure = proposals.adopt_proposal(row, reason="班子研究过,按建议办。", owner=owner, due=day + timedelta(days=10), by=by)
        if measure.kind.way == TALK:
            talks.give_notice(
                measure, meets_on=day + timedelta(days=3), meets_at=time(15, 0), place="支部谈心室", notice="请带两项指标的台账。",
                by=account(owner),
            )  # fmt: skip


def clear_backlog(unit: Unit, day: date) -> None:
    """Let nothing wait for more than three weeks: what was not taken up is dismissed, with the reason."""
    rows = Proposal.objects.filter(area=unit, state="open", found_on__lt=day - timedelta(days=21), owner__in=find_able(unit))
    for row in rows.select_related("kind", "unit", "person", "owner").order_by("pk"):
        proposals.dismiss_proposal(row, reason="在月度例会上一并点到,按整改清单继续督促,这次不单独谈。", by=account(row.owner))


def pick(rows: Iterable[Proposal]) -> list[Proposal]:
    """Return the first proposals, of different kinds before the same again."""
    seen: dict[str, int] = {}
    ranked = []
    for row in rows:
        seen[row.kind.code] = seen.get(row.kind.code, 0) + 1
        ranked.append((seen[row.kind.code], row))
    return [row for _turn, row in sorted(ranked, key=lambda pair: (pair[0], pair[1].pk))[: MOST + 1]]


def find_owner(loaded: Loaded, area: str, day: date, subject: int | None) -> Person:
    """Return the 党群副职, or another leader where the talk is about that person or the post is vacant."""
    able = find_able(loaded.units[area])
    for kind in ("deputy_party", "area_manager", "branch_secretary", "deputy_business"):
        for number in loaded.world.find_holders(kind, area, day):
            person = loaded.people[number]
            if person.pk != subject and person.pk in able:
                return person
    raise LookupError("nobody left to carry it out")


def hold_talks(unit: Unit) -> None:
    """Write down the talks of today, confirmed by both; carry out what is no talk."""
    able = find_able(unit)
    for measure in Measure.objects.filter(area=unit, state="open").select_related("kind", "owner", "person", "talk"):
        if measure.owner_id not in able or (measure.person_id and measure.person_id not in able):
            continue
        if measure.kind.way != TALK:
            measures.carry_out_measure(measure, result="已排出计划:谁帮、帮什么、哪天看结果,当天起办。", by=account(measure.owner))
        elif measure.person is not None:
            talks.record_talk(measure, parts=TALKED, by=account(measure.owner))
            talks.confirm_talk(Measure.objects.get(pk=measure.pk), words="情况属实,按承诺改。", by=account(measure.person))
            talks.confirm_talk(Measure.objects.get(pk=measure.pk), words="", by=account(measure.owner))


def find_able(unit: Unit) -> set[int]:
    """Return who still holds a post in the area: nobody else acts any more."""
    return set(list_takers(unit.pk).values_list("pk", flat=True))


def look_at_what_is_due(unit: Unit, day: date) -> None:
    due = FollowUp.objects.filter(measure__area=unit, measure__state="following", done_on=None, due__lte=day).select_related(
        "measure__owner"
    )
    able = find_able(unit)
    for number, follow in enumerate(one for one in due.order_by("due", "pk") if one.measure.owner_id in able):
        verdict, text, kept = SEEN[number % len(SEEN)]
        measures.look_again(follow, verdict=verdict, text=text, help_kept=kept, by=account(follow.measure.owner))


def follow_coaching(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each pair of the first area, and one that waits for an answer."""
    if area != "A1":
        return []
    return [*(live_pair(loaded, area, back) for back in PAIRS), offer_pair(loaded, area)]


def open_pair(loaded: Loaded, area: str, day: date) -> Pair | None:
    """Propose the first pair that the newest marks suggest; None where they suggest none."""
    unit, boss = loaded.units[area], loaded.holder("branch_secretary", area, day)
    offers = list_offers(boss, unit.pk)
    if not offers:
        return None
    offer = offers[0]
    units = {row.name: row for row in Unit.objects.filter(area=unit)}
    indicator = Indicator.objects.get(area=unit, name=offer.indicator)
    return pairs.propose_pair(
        units[offer.weak], units[offer.strong], indicator=indicator.code, indicator_name=indicator.name, track="production",
        period=find_period(unit), why=offer.text, target="到期时单项得分率不低于赛道平均", ends_on=day + timedelta(days=LASTS), by=boss,
    )  # fmt: skip


def find_period(unit: Unit) -> str:
    from ronghe.assessment.models import Run  # noqa: PLC0415  (read once in the story)

    return str(Run.objects.filter(area=unit).in_force().order_by("-period").values_list("period", flat=True)[0])


def live_pair(loaded: Loaded, area: str, back: int) -> Story:
    """Live through one pair: agreed by both, two visits, a task, an end when its time is over."""
    today = loaded.world.today
    day = list_months(today, back)[0] + timedelta(days=20)
    yield moment_of(day, 9, 30)
    pair = open_pair(loaded, area, day)
    if pair is None:
        return
    yield moment_of(day + timedelta(days=1), 9)
    chiefs = [pairs.list_chiefs(pair.area_id, unit)[:1] for unit in (pair.weak_id, pair.strong_id)]
    if not all(chiefs):
        return
    for (chief,) in chiefs:
        pair = pairs.agree_to_pair(Pair.objects.get(pk=pair.pk), by=account(chief))
    yield moment_of(day + timedelta(days=8), 17)
    chief = find_chief(pair)
    if chief is None:
        return
    pairs.note_visit(
        pair, day=day + timedelta(days=8), seen="跟班一天:交接班、巡检路线、问题当班登记。", taken="问题当班登记、次日班前会对账。",
        task="本站用起“当班登记、班前对账”", owner=chief, due=day + timedelta(days=30), by=account(chief),
    )  # fmt: skip
    yield moment_of(day + timedelta(days=27), 17)
    chief = find_chief(pair)
    if chief is None:
        return
    for task in pair.tasks.filter(done_on=None):
        pairs.finish_pair_task(task, result="三个班组都在用,第一周补登 6 条。", by=account(chief))
    if pair.ends_on <= today:
        yield moment_of(pair.ends_on, 16)
        chief = find_chief(pair)
        if chief is None or pair.tasks.filter(done_on=None).exists():
            return
        pairs.end_pair(Pair.objects.get(pk=pair.pk), ending="做法已写进本站制度;效果看系统里前后和同赛道的比较。", by=account(chief))


def find_chief(pair: Pair) -> Person | None:
    """Return who leads the learning unit now; None in a vacancy, in which the pair rests."""
    return next(iter(pairs.list_chiefs(pair.area_id, pair.weak_id)), None)


def offer_pair(loaded: Loaded, area: str) -> Story:
    """Propose one two days ago that nobody has answered yet."""
    day = loaded.world.today - timedelta(days=2)
    yield moment_of(day, 11)
    open_pair(loaded, area, day)


def account(person: Person | None) -> Any:
    assert person is not None
    return User.objects.get(pk=person.user_id)
