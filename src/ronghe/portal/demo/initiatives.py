"""The demo's 全员创效: ideas from the stations, each as far as it has come, and a 项目组 under way (M26, M27)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ronghe.accounts.models import User
from ronghe.initiatives import actions
from ronghe.initiatives.models import ProjectStep, Share
from ronghe.org.models import Membership, Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import first_of_month, name_period, shift_month

# kind, title, problem, expected, measure, how it is measured, verified, how far, days ago
Line = tuple[str, str, str, str, str, str, str, str, int]
IDEAS: tuple[Line, ...] = (
    ("value", "电加热油管改为分时运行", "井口温度夜间有富余,按峰谷分时开停。", "36000", "yuan", "电费单与上年同期比", "31250.40", "credited", 290),
    ("output", "低产井间开制度优化", "三口井连续生产供液不足,改间开后动液面恢复。", "120", "ton", "单井计量月报", "96", "credited", 250),
    ("safety", "高架油罐护栏加装自闭门", "巡检上下时护栏口敞开。", "6", "hazard", "隐患台账销号数", "6", "credited", 210),
    ("value", "旧抽油杆修复再用", "杆体完好的退下来就报废。", "52000", "yuan", "修复数量乘采购价差", "0", "nothing", 200),
    ("value", "注水泵变频参数重设", "泵压高于配注需要。", "42000", "kwh", "电表读数", "38800", "verified", 90),
    ("output", "掺水温度按季调整", "夏季掺水温度偏高影响计量。", "60", "ton", "计量对比", "", "verifying", 60),
    ("safety", "配电箱加装防雨罩", "雨季漏保跳闸。", "9", "hazard", "隐患台账销号数", "", "doing", 40),
    ("value", "巡检路线合并", "两条路线重复经过四口井。", "320", "hour", "班报工时", "", "doing", 25),
    ("value", "劳保用品以旧换新", "个别品种发放重复。", "8000", "yuan", "领用台账", "", "declined", 70),
    ("output", "套管气回收利用", "井口放空的套管气可以回收。", "45000", "yuan", "气量计读数", "", "proposed", 5),
    ("safety", "井场夜间照明改感应式", "夜间巡检光线不足。", "12", "hazard", "隐患台账销号数", "", "proposed", 22),
)  # fmt: skip
# of last year: what the party members of the first two stations were credited with, by which a station may share its output out
LAST_YEAR: tuple[tuple[str, str, str, str, str, str, str, int, int], ...] = (
    ("output", "低产井套压合理控制", "套压偏高压住了液面,按周放气并记录。", "150", "ton", "单井计量月报与上年同期比", "132", 4, 8),
    ("output", "油井热洗周期按井排", "统一周期洗多了的井影响产量。", "90", "ton", "单井计量月报与上年同期比", "84.5", 6, 12),
)
# what the team reports month by month from its first on
REPORTS = (
    "三站躺井台账对齐口径。下月按原因分类。", "37 井次分成四类。下月先治偏磨。", "偏磨井换扶正器 6 口。下月跟踪泵效。", "腐蚀井加药调整。下月复查 4 口。",
    "热洗周期重排。下月看二站结蜡井。", "结蜡井改电热杆 3 口。下月总结三类措施。", "措施有效率 83%。下月推广到三站。", "三站照做,新增 2 井次。年底前收尾。",
)  # fmt: skip
PROOF = (("核算表.txt", "按上年同期口径核算,附电费单、计量月报编号。".encode()),)


def gather_ideas(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each idea of the area's stations, and one for its team."""
    lines = IDEAS if area == "A1" else IDEAS[::4]
    units = [loaded.units[row.code] for row in loaded.world.list_units(area) if loaded.units[row.code].kind == Unit.Kind.STATION]
    stories = [follow_idea(loaded, units[number % len(units)], line) for number, line in enumerate(lines)]
    if area != "A1":
        return stories
    today = loaded.world.today
    for unit, (*words, month, day) in zip(units, LAST_YEAR, strict=False):
        line: Line = (*words, "credited", (today - date(today.year - 1, month, day)).days)  # type: ignore[assignment]
        stories.append(follow_idea(loaded, unit, line, party=True))
    return [*stories, found_team(loaded, area, units)]


def follow_idea(loaded: Loaded, unit: Unit, line: Line, *, party: bool = False) -> Story:
    """Live through one idea: answered after a week, done in three, verified in another two, shared at once. `party`: by party members first."""
    kind, title, problem, expected, measure, measuring, verified, goal, back = line
    today = loaded.world.today
    day = today - timedelta(days=back)
    yield moment_of(day, 10)
    staff = list(Person.objects.filter(unit=unit, left_on=None).exclude(user=None).order_by("number"))
    if party:
        members = set(Membership.objects.on(day).filter(person__in=staff).values_list("person_id", flat=True))
        staff.sort(key=lambda person: person.pk not in members)
    chief = loaded.people[loaded.world.find_holders("station_chief", unit.code, day)[0]]
    proposer, owner, third = [person for person in staff if person.pk != chief.pk][:3]
    idea = actions.propose_idea(
        unit=unit, kind=kind, title=title, problem=problem, expected=Decimal(expected), measure=measure, measuring=measuring,
        by=account(proposer),
    )  # fmt: skip
    if goal == "proposed":
        return
    yield moment_of(day + timedelta(days=6), 15)
    if goal == "declined":
        actions.decline_idea(idea, note="物资办法已有统一规定,按规定执行即可。", by=account(idea.holder))
        return
    idea = actions.accept_idea(idea, owner=owner, due=day + timedelta(days=50), note="先在一处试。", by=account(idea.holder))
    if goal == "doing":
        return
    yield moment_of(day + timedelta(days=25), 9)
    idea = actions.finish_idea(idea, text="已经完成,运行正常。", files=PROOF, by=account(owner))
    if goal == "verifying":
        return
    yield moment_of(day + timedelta(days=36), 11)
    idea = actions.verify_benefit(idea, benefit=Decimal(verified), measured=measuring, files=PROOF, by=account(idea.holder))
    if goal in ("verified", "nothing"):
        return
    yield moment_of(day + timedelta(days=38), 16)
    parts = [
        actions.Part(proposer, Decimal("40"), "提出"),
        actions.Part(owner, Decimal("45"), "实施"),
        actions.Part(third, Decimal("15"), "参与"),
    ]
    idea = actions.propose_shares(idea, parts, by=account(owner))
    for share in Share.objects.filter(idea=idea, state="asked").select_related("person"):
        actions.answer_share(share, agreed=True, by=account(share.person))


def found_team(loaded: Loaded, area: str, units: list[Unit]) -> Story:
    """Found the year's team against pump failures in March; a step is done, the months are reported."""
    today = loaded.world.today
    day = max(date(today.year, 3, 10), today - timedelta(days=240))
    if day >= today:
        return
    yield moment_of(day, 9)
    chiefs = [loaded.people[loaded.world.find_holders("station_chief", unit.code, day)[0]] for unit in units[:3]]
    head, data, field = chiefs
    ends = date(today.year, 12, 20)
    team = actions.found_project(
        loaded.units[area], head=head, seats=[actions.Seat(data, "data", "台账与分析"), actions.Seat(field, "field", "现场实施")],
        stages=[actions.Stage("摸清躺井原因", day + timedelta(days=40), data), actions.Stage("分类措施见效", ends, field)],
        by=account(head), name="降躺井项目组", purpose="三个站联合降低躺井率", measure="减少躺井", unit_name="井次", target=Decimal(24),
        starts_on=day, ends_on=ends,
    )  # fmt: skip
    yield moment_of(day + timedelta(days=3), 10)
    team = actions.approve_project(team, by=loaded.holder("area_manager", area, day))
    if day + timedelta(days=38) < today:
        yield moment_of(day + timedelta(days=38), 10)
        step = ProjectStep.objects.filter(project=team).order_by("due").first()
        if step is not None:
            actions.finish_step(step, result="37 井次按原因分为四类,偏磨占一半。", by=account(data))
    for number, text in enumerate(REPORTS, 1):
        month = shift_month(first_of_month(day), number - 1)
        filed = shift_month(month, 1) - timedelta(days=1)
        if filed >= today:
            return
        yield moment_of(filed, 17)
        actions.report_month(team, month=name_period(month), value=Decimal(number * 2 - (number > 2)), text=text, by=account(head))


def account(person: Person | None) -> Any:
    assert person is not None
    return User.objects.get(pk=person.user_id)
