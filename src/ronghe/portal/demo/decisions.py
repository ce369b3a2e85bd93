"""The demo's decisions: a list in force, and matters at each point of their way; those that meetings decide go on in deciding.py."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from decimal import Decimal

from ronghe.common.calendar import add_working_days
from ronghe.decisions import actions
from ronghe.decisions.models import DecisionList, Matter, Step, Stop
from ronghe.portal.demo.deciding import BOILER, BONUS, CHIEF, PIPES, PUMPS, decide_in_meetings
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.filling import fill
from ronghe.portal.demo.load import Loaded, moment_of

LIST_BACK = 300
# title, category, 万元, who owns it, days back, the step at which it stands, counterparty
MATTERS: dict[str, tuple[tuple[str, str, str, str, int, str, str], ...]] = {
    "A1": (
        (PIPES, "project", "186", "deputy_geology", 55, "front", "示范工程公司"),
        (PUMPS, "fund", "46", "deputy_business", 24, "front", "示范机电公司"),
        ("明年生产经营计划编制", "decision", "", "area_manager", 12, "survey", ""),
        (BONUS, "decision", "", "deputy_business", 30, "front", ""),
        ("倒班食堂改善方案", "decision", "", "deputy_party", 6, "survey", ""),
        (CHIEF, "personnel", "", "branch_secretary", 17, "decide", ""),
        ("明年党建工作计划", "decision", "", "branch_secretary", 6, "survey", ""),
        ("闲置设备调剂处置", "fund", "15", "deputy_business", 8, "survey", ""),
        ("井场道路维修一期", "fund", "12", "deputy_production", 55, "", "示范路桥公司"),
        ("井场道路维修二期", "fund", "13", "deputy_production", 9, "survey", "示范路桥公司"),
    ),
    "A2": (
        ("站库自动化升级", "project", "88", "area_manager", 30, "survey", "示范自控公司"),
        ("员工体检安排和福利发放", "decision", "", "branch_secretary", 15, "survey", ""),
    ),
}


# title, 万元, days back, what was decided, why it could not wait, counterparty: the first is ratified by the 班子会, the second waits
URGENT = (
    (BOILER, "22", 13, "立即更换燃烧器,费用 22 万元以内。", "气温骤降,倒班点停暖,等不到开会。", "示范锅炉公司"),
    ("集油干线刺漏应急抢修", "24", 6, "立即停输抢修,费用 24 万元以内。", "刺漏影响环保安全,等不到开会。", "示范抢险公司"),
)


def decide_year(loaded: Loaded, area: str) -> list[Story]:
    """Return the stories of an area's decisions."""
    stories = [put_list_in_force(loaded, area)]
    stories += [live_matter(loaded, area, row) for row in MATTERS.get(area, ())]
    if area == "A1":
        stories += [stop_and_resume(loaded, area), stop_now(loaded, area), except_one(loaded, area)]
        stories += [decide_at_once(loaded, area, row) for row in URGENT]
        stories.append(decide_in_meetings(loaded, area))
    return stories


def put_list_in_force(loaded: Loaded, area: str) -> Story:
    day = loaded.world.today - timedelta(days=LIST_BACK)
    yield moment_of(day, 9)
    edition = actions.adopt_list(loaded.units[area], by=loaded.holder("area_manager", area, day))
    yield moment_of(day + timedelta(days=1), 9)
    publisher = loaded.holder("branch_secretary", area, day)
    actions.publish_list(DecisionList.objects.get(pk=edition.pk), valid_from=day + timedelta(days=1), by=publisher)


def register(loaded: Loaded, area: str, row: tuple[str, str, str, str, int, str, str], day: date) -> Matter:
    title, category, amount, post, _back, _goal, partner = row
    by = loaded.holder(post, area, day)
    return actions.register_matter(
        loaded.units[area], unit=loaded.units[area], title=title, category=category, amount=Decimal(amount) if amount else None,
        counterparty=partner, owner=by.person, by=by, text=f"{title}(演示数据)",
        interested=[loaded.holder("deputy_engineering", area, day).person] if title == PIPES else [],
    )  # fmt: skip


def go_on(loaded: Loaded, matter: Matter, day: date, goal: str) -> Generator[datetime, None, date]:
    """Complete steps up to `goal`, each about its days, never later than yesterday; returns the day that was reached."""
    while True:
        step = Step.objects.select_related("owner__user", "matter__edition").filter(matter=matter, state="open").first()
        if step is None or step.kind == goal:
            return day
        day = add_working_days(day, max(1, step.days - 2))
        if day >= loaded.world.today:
            return day
        yield moment_of(day, 10)
        actions.complete_step(
            step,
            fill(step),
            files=[("材料.txt", f"{matter.title}{step.get_kind_display()}(演示材料)".encode())],
            by=loaded.user(step.owner.number),
        )
        if step.is_meeting:
            return day


def live_matter(loaded: Loaded, area: str, row: tuple[str, str, str, str, int, str, str]) -> Story:
    day = loaded.world.today - timedelta(days=row[4])
    yield moment_of(day, 9)
    matter = register(loaded, area, row, day)
    if row[5] in ("front", "decide"):
        day = yield from go_on(loaded, matter, day, row[5])
        if Step.objects.filter(matter=matter, kind=row[5], state="open").exists():
            yield from go_on(loaded, matter, day, "execute")  # its material; the meeting decides
        return
    if row[5]:
        yield from go_on(loaded, matter, day, row[5])


def stop(loaded: Loaded, area: str, matter: Matter, day: date, ground: str) -> Stop:
    return actions.stop_matter(
        matter, ground=ground, basis="“三重一大”决策制度实施细则:调研论证应有现场数据", by=loaded.holder("discipline_member", area, day)
    )  # fmt: skip


def stop_and_resume(loaded: Loaded, area: str) -> Story:
    """One matter stopped for want of a comparison, cured, reconsidered, resumed by the secretary."""
    day = loaded.world.today - timedelta(days=20)
    yield moment_of(day, 9)
    matter = register(loaded, area, ("作业废液处理外委服务", "project", "62", "deputy_business", 20, "", "示范环保公司"), day)
    day = yield from go_on(loaded, matter, day, "survey")
    yield moment_of(day + timedelta(days=1), 15)
    row = stop(loaded, area, Matter.objects.get(pk=matter.pk), day + timedelta(days=1), "只有一家报价,没有方案比选。")
    yield moment_of(day + timedelta(days=3), 9)
    actions.report_cure(row, cure="已补充三家报价和比选表。", by=loaded.user(matter.owner.number))
    yield moment_of(day + timedelta(days=4), 9)
    row = Stop.objects.select_related("matter", "stopped_by").get(pk=row.pk)
    actions.reconsider(row, accepted=True, opinion="比选材料齐全。", by=loaded.user(row.stopped_by.number))
    yield moment_of(day + timedelta(days=5), 9)
    secretary = loaded.holder("branch_secretary", area, day)
    actions.resume_matter(Stop.objects.get(pk=row.pk), note="同意恢复。", by=secretary)
    yield from go_on(loaded, matter, day + timedelta(days=5), "risk")


def stop_now(loaded: Loaded, area: str) -> Story:
    day = loaded.world.today - timedelta(days=16)
    yield moment_of(day, 9)
    matter = register(loaded, area, ("办公用房维修", "fund", "28", "deputy_business", 16, "", "示范装饰公司"), day)
    yield from go_on(loaded, matter, day, "survey")
    yield moment_of(loaded.world.today - timedelta(days=2), 15)
    stop(loaded, area, Matter.objects.get(pk=matter.pk), loaded.world.today, "维修面积与现场不符,测算依据不足。")


def except_one(loaded: Loaded, area: str) -> Story:
    """One step passed over by an exception: reviewed already with the framework agreement."""
    day = loaded.world.today - timedelta(days=14)
    yield moment_of(day, 9)
    matter = register(loaded, area, ("电力线路检修费用", "fund", "31", "deputy_business", 14, "", "示范电力公司"), day)
    day = yield from go_on(loaded, matter, day, "legal")
    step = Step.objects.select_related("matter", "owner").get(matter=matter, state="open")
    yield moment_of(day + timedelta(days=1), 10)
    request = actions.ask_exception(
        step, reason="合同按框架协议执行,框架协议年初已经合法合规审查;附原审查意见。", by=loaded.user(step.owner.number)
    )
    yield moment_of(day + timedelta(days=2), 10)
    opinion = Step.objects.select_related("matter__edition", "owner").get(matter=request, kind="opinion")
    actions.complete_step(opinion, {"opinion": "情况属实,同意例外一次。", "agree": "同意"}, by=loaded.user(opinion.owner.number))
    yield moment_of(day + timedelta(days=3), 10)
    approve = Step.objects.select_related("owner").get(matter=request, kind="approve")
    fresh = Matter.objects.get(pk=request.pk)
    actions.decide_exception(fresh, approved=True, note="同意,仅此一次。", by=loaded.user(approve.owner.number))


def decide_at_once(loaded: Loaded, area: str, row: tuple[str, str, int, str, str, str]) -> Story:
    """What could not wait is decided at once; red until a meeting has ratified it."""
    title, amount, back, decision, reason, partner = row
    day = loaded.world.today - timedelta(days=back)
    yield moment_of(day, 7)
    matter = register(loaded, area, (title, "fund", amount, "area_manager", back, "", partner), day)
    yield moment_of(day, 8)
    actions.decide_urgently(
        Matter.objects.get(pk=matter.pk), decision=decision, reason=reason,
        consulted="电话征求书记、生产管理副职意见", by=loaded.holder("branch_secretary", area, day),
    )  # fmt: skip
