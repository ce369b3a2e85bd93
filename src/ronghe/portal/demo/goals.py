"""The demo's goal plan: drafted in January, approved by a meeting, issued, accepted; changed once in the year (M1, M2, M16, M18)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ronghe.common.registry import find_actuals
from ronghe.goals.actions.cascade import Child, add_goal, add_milestone, finish_milestone, set_curve, split_goal
from ronghe.goals.actions.checks import check_leader
from ronghe.goals.actions.follow import refresh_progress
from ronghe.goals.actions.members import MemberPart, file_tallies, pass_part, split_members
from ronghe.goals.actions.plans import accept_goals, approve_plan, discuss_plan, draft_plan, issue_plan, revise_plan, save_parts
from ronghe.goals.models import Acceptance, Dimension, Goal, GoalPlan, Milestone
from ronghe.goals.queries.owners import snapshot_goals
from ronghe.goals.rules.cascade import split_total
from ronghe.org.models import Membership, Person, Post
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.goal_numbers import load_months, write_numbers
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.meetings import find_board

PARTS = {
    "party": "党小组与班站一体化考核,每月晾晒;重点任务由党员领办。",
    "quality": "产量、成本、质量抽检合格率按月跟踪,红灯指标当月说明。",
    "safety": "隐患整改率 100%,高危作业领导带班。",
    "environment": "污染事件为零,固废危废台账月清。",
    "integrity": "物资、外委、用车三个风险点按季检查。",
    "stability": "员工诉求按期答复,倒班、食堂、通勤三件实事年内办结。",
}
# leader → (dimension, goal, what 抓到什么程度 means, milestones: text, month, day, percent)
PROMISES: tuple[tuple[str, str, str, str, tuple[tuple[str, int, int, int], ...]], ...] = (
    ("branch_secretary", "人力资源", "一岗多能用工优化", "跨岗位用工 12 人,不增编", (("定岗定员测算", 4, 30, 40), ("调整到位", 11, 20, 60))),
    ("area_manager", "主营业务", "安全环保第一责任落实", "较大以上事故、污染事件为零,隐患按期整改率 100%", (("半年检查", 6, 30, 50), ("全年检查", 12, 20, 50))),
    ("deputy_production", "主营业务", "冬防保温和油地协调", "冬防项目 10 月底前完工,无停井一天以上的纠纷", (("冬防清单", 8, 31, 40), ("完工验收", 10, 31, 60))),
    ("deputy_engineering", "主营业务", "检泵周期延长", "平均检泵周期达到 720 天", (("偏磨井治理方案", 3, 31, 40), ("年度评价", 12, 15, 60))),
    ("branch_secretary", "党建工作", "党小组标准化建设", "全部党小组验收达标", (("印发标准和手册", 2, 28, 20), ("半年互检", 6, 30, 30), ("逐组验收", 12, 15, 50))),
    ("area_manager", "党建工作", "第一责任人讲党课、包站解难", "每季一课,所包班站问题清单清零", (("上半年两课", 6, 25, 50), ("下半年两课", 12, 10, 50))),
    ("deputy_party", "人力资源", "一专多能培训", "关键岗位持证率 100%", (("摸底", 3, 15, 30), ("集中取证", 9, 30, 70))),
    ("deputy_party", "党建工作", "员工三件实事", "倒班、食堂、通勤三件办结", (("方案公示", 4, 10, 30), ("办结评议", 11, 30, 70))),
    ("deputy_production", "党建工作", "党员安全示范岗", "每站至少一个示范岗,无违章", (("挂牌", 3, 31, 40), ("年度评定", 12, 20, 60))),
    ("deputy_business", "存量资产", "闲置设备盘活", "盘活 30 台,减少租赁费 80 万元", (("清查造册", 3, 20, 30), ("调剂到位", 10, 31, 70))),
    ("deputy_business", "党建工作", "廉洁风险点防控", "三个风险点每季检查一次", (("上半年两次", 6, 28, 50), ("下半年两次", 12, 25, 50))),
    ("deputy_geology", "党建工作", "保密教育全覆盖", "涉密岗位教育率 100%", (("教育测试", 5, 31, 100),)),
    ("deputy_engineering", "党建工作", "意识形态阵地管理", "群、号、栏目登记清零风险", (("登记", 4, 30, 50), ("复查", 10, 20, 50))),
)  # fmt: skip
CHANGED_MONTH = 7


def plan_year(loaded: Loaded, area: str) -> Story:
    """Write, issue and accept the plan of the year; change it in July; tick off what was done."""
    unit, year = loaded.units[area], loaded.world.today.year
    drafted = date(year, 1, 4)
    yield moment_of(drafted, 9)
    author = loaded.holder("indicator_admin", area, drafted)
    plan = draft_plan(
        unit,
        title=f"{year}年目标计划",
        first_month=f"{year}-01",
        last_month=f"{year}-12",
        basis="采油厂下达的年度生产经营和党建目标(示例)",
        by=author,
    )
    posts = {post.kind: post for post in Post.objects.filter(area=unit)}
    dimensions = {row.name: row for row in Dimension.objects.filter(area=unit)}
    write_output(loaded, area, plan, posts, dimensions["主营业务"], author)
    write_numbers(loaded, area, plan, posts, author)
    write_promises(plan, posts, dimensions, author, year)
    write_tasks(loaded, area, plan, author, year)
    save_parts(plan, {kind: (text, "") for kind, text in PARTS.items()}, by=author)
    yield moment_of(drafted + timedelta(days=2), 15)
    discuss_plan(
        plan,
        on=drafted + timedelta(days=2),
        note="与各班站长逐项对接,两站提出的措施工作量已写入",
        by=loaded.holder("indicator_admin", area, drafted),
    )
    title, board = find_board(year, 1, loaded.world.today)
    yield moment_of(board, 17)
    head = loaded.holder("area_manager", area, board)
    approve_plan(plan, meeting=title, meeting_on=board, by=head)
    issue_plan(GoalPlan.objects.get(pk=plan.pk), by=head)
    yield moment_of(min(board + timedelta(days=1), loaded.world.today), 8)
    accept_all(plan)
    yield from share_out(loaded, plan)
    yield from finish_until(loaded, plan, CHANGED_MONTH)
    if loaded.world.today > date(year, CHANGED_MONTH, 8):
        plan = yield from change_year(loaded, area, plan)
        if snapshot_goals(plan, Person.objects.get(user=loaded.holder("area_manager", area, loaded.world.today)), plan.author):
            check_half(loaded, plan)
        yield from finish_until(loaded, plan, 13)
    yield moment_of(loaded.world.today, 6)
    refresh_progress(plan, day=loaded.world.today)


def write_output(loaded: Loaded, area: str, plan: GoalPlan, posts: dict[str, Post], dimension: Dimension, by: Any) -> None:
    """Output by stations: each station's year is the sum of its monthly targets, its curve those targets."""
    oil = loaded.indicators[area, "oil"]
    months = load_months(plan, oil)
    total = sum((sum(known.values(), Decimal(0)) for known in months.values()), Decimal(0))
    top = add_goal(
        plan, by=by, title="原油产量", dimension=dimension, indicator=oil, value=total, rule="sum", coordinator=posts.get("deputy_geology") or posts["area_manager"],
        degree="全年完成,月月均衡;自然递减控制在目标内", basis="采油厂年度产量计划(示例)",
    )  # fmt: skip
    split_goal(top, [Child(unit_id, sum(known.values(), Decimal(0))) for unit_id, known in months.items()], by=by)
    whole = {month: sum((known[month] for known in months.values()), Decimal(0)) for month in plan.months}
    set_curve(top, method="hand", values=whole, by=by)
    for child in Goal.objects.filter(parent=top):
        set_curve(child, method="hand", values=months[child.unit_id or 0], by=by)


def write_promises(plan: GoalPlan, posts: dict[str, Post], dimensions: dict[str, Dimension], by: Any, year: int) -> None:
    """What is no number: each leader's goals by milestones, party work beside business (P4)."""
    for kind, dimension, title, degree, nodes in PROMISES:
        if kind not in posts:
            continue
        goal = add_goal(
            plan, by=by, title=title, dimension=dimensions[dimension], indicator=None, value=None, coordinator=posts[kind],
            unit=posts[kind].unit, degree=degree,
        )  # fmt: skip
        for text, month, day, share in nodes:
            add_milestone(goal, text=text, due=date(year, month, day), share=Decimal(share), by=by)


def write_tasks(loaded: Loaded, area: str, plan: GoalPlan, by: Any, year: int) -> None:
    """党员任务: one member of each of the first two stations takes a task under the station's output."""
    oil = loaded.indicators[area, "oil"]
    for goal in Goal.objects.filter(plan=plan, depth=1, indicator=oil).select_related("unit", "dimension").order_by("order")[:2]:
        member = (
            Person.objects.filter(unit=goal.unit, memberships__isnull=False, user__isnull=False, left_on=None).order_by("-number").first()
        )
        if member is None:
            continue
        task = add_goal(
            plan, parent=goal, by=by, title="党员承包井治理", dimension=goal.dimension, indicator=None, value=None, person=member,
            degree="承包的三口低产井恢复到计划产量",
        )  # fmt: skip
        add_milestone(task, text="一井一策", due=date(year, 3, 31), share=Decimal(40), by=by)
        add_milestone(task, text="效果评定", due=date(year, 12, 10), share=Decimal(60), by=by)


def find_shared(loaded: Loaded, plan: GoalPlan, day: date) -> list[tuple[Goal, Any]]:
    """Return the first two stations' output goals with their chiefs' accounts."""
    goals = Goal.objects.filter(plan=plan, depth=1, indicator__code="oil").select_related("unit", "indicator", "plan").order_by("order")[:2]
    return [(goal, loaded.holder("station_chief", goal.unit.code, day)) for goal in goals if goal.unit is not None]


def share_out(loaded: Loaded, plan: GoalPlan) -> Story:
    """Two chiefs share their station's output out to the party members; one part is handed on in the middle of May."""
    day = date(loaded.world.today.year, 2, 3)
    if day >= loaded.world.today:
        return
    yield moment_of(day, 10)
    for number, (goal, chief) in enumerate(find_shared(loaded, plan, day)):
        members = list(
            Person.objects.filter(unit=goal.unit, left_on=None, user__is_active=True, memberships__in=Membership.objects.on(day))
            .distinct()
            .order_by("sort_key", "number")
        )
        if not members or goal.value is None:
            continue
        shares = [Decimal(1) if number else Decimal(10 + n % 3) for n in range(len(members))]
        values = split_total(goal.value, shares, goal.decimals)
        split_members(goal, [MemberPart(person.pk, value) for person, value in zip(members, values, strict=True)], by=chief)
    yield moment_of(day + timedelta(days=1), 9)
    accept_all(plan)
    day = date(loaded.world.today.year, 5, 14)
    if day >= loaded.world.today:
        return
    yield moment_of(day, 11)
    for goal, chief in find_shared(loaded, plan, day)[:1]:
        part = Goal.objects.filter(parent=goal, person__isnull=False, indicator__isnull=False).exclude(person__user=chief).first()
        holders = Goal.objects.filter(parent=goal, person__isnull=False).values("person_id")
        taker = Person.objects.filter(unit=goal.unit, left_on=None, user__is_active=True).exclude(pk__in=holders).first()
        if part is not None and taker is not None:
            pass_part(part, to=taker, note="借调到项目组,任务整份移交", by=chief)


def tally_months(loaded: Loaded, area: str) -> Story:
    """The first station's chief enters what each member did in the last months, out of the station's confirmed output."""
    today = loaded.world.today
    for back in range(11, 0, -1):
        first = (today.replace(day=1) - timedelta(days=28 * back)).replace(day=1)
        month, day = f"{first:%Y-%m}", (first + timedelta(days=40)).replace(day=9)
        if day >= today or first.year < today.year:
            continue
        yield moment_of(day, 14)
        plan = GoalPlan.objects.filter(
            area=loaded.units[area], state=GoalPlan.State.ISSUED, first_month__startswith=str(today.year)
        ).first()
        for goal, chief in find_shared(loaded, plan, day)[:1] if plan is not None else []:
            parts = list(Goal.objects.standing().filter(parent=goal, person__isnull=False, indicator__isnull=False).order_by("order"))
            cell = (goal.unit_id or 0, goal.indicator_id or 0, month)
            figure = find_actuals(goal.plan.area_id, [cell[1]], month, month).get(cell)
            if not parts or figure is None:
                continue
            shares = [(row.value or Decimal(0)) * (100 + (n * 7 + first.month * 5) % 11 - 5) for n, row in enumerate(parts)]
            done = dict(zip([row.pk for row in parts], split_total(figure, shares, goal.decimals), strict=True))
            file_tallies(goal, month=month, values=done, by=chief)


def check_half(loaded: Loaded, plan: GoalPlan) -> None:
    """The secretary checks the manager's 目标清单 after the second quarter, both sides said."""
    day = date(loaded.world.today.year, CHANGED_MONTH, 6)
    secretary, manager = (loaded.holder(kind, plan.area.code, day) for kind in ("branch_secretary", "area_manager"))
    refresh_progress(plan, day=day)
    check_leader(
        plan, Person.objects.get(user=manager), phase=f"{day.year}-Q2", business="半年安全环保检查完成,两项隐患按期整改;产量由开发地质副职统筹,另行登记。",
        party="上半年两次党课讲完,包站问题清单还剩一项。", verdict="nearly", by=secretary,
    )  # fmt: skip


def accept_all(plan: GoalPlan, urged: int = 2) -> None:
    """Everybody accepts but the last ones: something is left to be urged."""
    rows = list(Acceptance.objects.filter(plan=plan, at=None).select_related("person__user").order_by("person__number"))
    rows.sort(key=lambda row: row.person.left_on is None)  # who has left since leaves nothing behind
    for row in rows[: len(rows) - urged] if len(rows) > 4 else rows:
        if row.person.user is not None:
            accept_goals(plan, by=row.person.user, note="")


def finish_until(loaded: Loaded, plan: GoalPlan, month: int, late: str = "调剂到位") -> Story:
    """Tick off milestones a few days before they are due, all but one, which stays late."""
    for row in (
        Milestone.objects.filter(goal__plan=plan, done_on=None, due__month__lt=month)
        .select_related("goal__coordinator", "goal__person__user")
        .order_by("due", "pk")
    ):
        day = row.due - timedelta(days=3)
        if day >= loaded.world.today or row.text == late:
            continue
        yield moment_of(day, 16)
        if row.goal.person is not None and row.goal.person.user is not None:
            by = loaded.user(row.goal.person.number)
        else:
            assert row.goal.coordinator is not None
            by = loaded.holder(row.goal.coordinator.kind, plan.area.code, day)
        finish_milestone(row, result="已按要求完成,资料存台账。", by=by)


def change_year(loaded: Loaded, area: str, plan: GoalPlan) -> Any:
    """A second version from July on: a goal on safety comes in after the half-year's analysis. Returns it."""
    year = loaded.world.today.year
    day = date(year, CHANGED_MONTH, 2)
    yield moment_of(day, 9)
    author = loaded.holder("indicator_admin", area, day)
    made = revise_plan(plan, takes_effect=f"{year}-{CHANGED_MONTH:02d}", reason="半年分析:违章反复,增加习惯性违章治理目标", by=author)
    post = Post.objects.filter(area=plan.area, kind__in=("deputy_production", "area_manager")).order_by("-order").first()
    assert post is not None
    goal = add_goal(
        made, by=author, title="习惯性违章治理", dimension=Dimension.objects.get(area=plan.area, name="主营业务"), indicator=None, value=None,
        coordinator=post, unit=post.unit, degree="违章起数下半年下降三成",
    )  # fmt: skip
    add_milestone(goal, text="清单印发", due=date(year, 7, 31), share=Decimal(30), by=author)
    add_milestone(goal, text="复查销项", due=date(year, 12, 5), share=Decimal(70), by=author)
    yield moment_of(day + timedelta(days=1), 15)
    discuss_plan(made, on=day + timedelta(days=1), note="各站同意,八月起执行检查", by=loaded.holder("indicator_admin", area, day))
    title, board = find_board(year, CHANGED_MONTH, loaded.world.today)
    yield moment_of(board, 17)
    head = loaded.holder("area_manager", area, board)
    approve_plan(made, meeting=title, meeting_on=board, by=head)
    issue_plan(GoalPlan.objects.get(pk=made.pk), by=head)
    yield moment_of(min(board + timedelta(days=1), loaded.world.today), 8)
    accept_all(made)
    return made
