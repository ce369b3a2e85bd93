"""The demo's goal plans of the years beside this one: last year's, closed, and next year's as a draft (M1, M2)."""

from datetime import date, timedelta
from decimal import Decimal

from ronghe.goals.actions.cascade import Child, change_goal, split_goal
from ronghe.goals.actions.follow import refresh_progress
from ronghe.goals.actions.plans import approve_plan, copy_plan, discuss_plan, draft_plan, issue_plan, save_parts
from ronghe.goals.models import Dimension, Goal, GoalPlan
from ronghe.goals.queries.nodes import build_split
from ronghe.org.models import Post
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.goal_numbers import write_numbers
from ronghe.portal.demo.goals import PARTS, accept_all, finish_until, write_output, write_promises
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.meetings import find_board

NEXT_YEAR_FROM = 10  # from October on next year's plan is being drafted


def plan_past(loaded: Loaded, area: str) -> Story:
    """Last year's plan: issued, accepted by all, every milestone reached, its progress as it stood when the year was closed."""
    unit, year = loaded.units[area], loaded.world.today.year - 1
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
    save_parts(plan, {kind: (text, "") for kind, text in PARTS.items()}, by=author)
    yield moment_of(drafted + timedelta(days=2), 15)
    discuss_plan(plan, on=drafted + timedelta(days=2), note="与各班站长逐项对接", by=author)
    title, board = find_board(year, 1, loaded.world.today)
    yield moment_of(board, 17)
    head = loaded.holder("area_manager", area, board)
    approve_plan(plan, meeting=title, meeting_on=board, by=head)
    issue_plan(GoalPlan.objects.get(pk=plan.pk), by=head)
    yield moment_of(board + timedelta(days=1), 8)
    accept_all(plan, urged=0)
    yield from finish_until(loaded, plan, 13, late="")
    closed = date(year + 1, 1, 3)
    yield moment_of(closed, 6)
    refresh_progress(plan, day=min(closed, loaded.world.today))


def draft_next(loaded: Loaded, area: str) -> Story:
    """Next year's plan begins as a copy of this year's; its output is shared out by this year's figures, the rest is still to be done."""
    today = loaded.world.today
    if today.month < NEXT_YEAR_FROM:
        return
    yield moment_of(today - timedelta(days=2), 15)
    author, year = loaded.holder("indicator_admin", area, today), today.year + 1
    plan = GoalPlan.objects.get(area=loaded.units[area], state=GoalPlan.State.ISSUED, first_month=f"{today.year}-01")
    made = copy_plan(plan, title=f"{year}年目标计划", first_month=f"{year}-01", last_month=f"{year}-12", by=author)
    top = Goal.objects.select_related("plan", "indicator").get(plan=made, parent=None, indicator=loaded.indicators[area, "oil"])
    top = change_goal(top, value=(top.value or Decimal(0)) + 300, by=author)
    rows = build_split(top, track="production", by="last_year", values={}, weights={}, shares={})
    split_goal(top, [Child(row.unit.pk, row.value) for row in rows if row.chosen], by=author)
