"""A plan of 20,000 goals opens within 15 queries, and a branch is read when it is opened, not before."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.goal_tree import grow_tree
from ronghe.common.calendar import now
from ronghe.goals.models import Goal, GoalPlan
from tests.goals.cases import dimension, draft, make_oil


def test_twenty_thousand_goals_open_branch_by_branch(world, login):
    plan = draft(world)
    count = grow_tree(plan, dimension(world), make_oil(world), world.unit["注采一站"])
    assert count == 20_540
    GoalPlan.objects.filter(pk=plan.pk).update(state="issued", issued_at=now())
    client = login(world.wanghaitao)
    client.get("/goals/plans/")  # the first request of a session notes its device
    with CaptureQueriesContext(connection) as seen:
        page = client.get(f"/goals/plans/{plan.pk}/")
    assert len(page.context["nodes"]) == 20
    assert len(seen) <= 15, [query["sql"][:110] for query in seen]
    top = Goal.objects.filter(plan=plan, parent=None).first()
    for parent, width in ((top, 27), (Goal.objects.filter(parent=top).first(), 37)):
        with CaptureQueriesContext(connection) as branch:
            rows = client.get(f"/goals/plans/{plan.pk}/branch/{parent.pk}/")
        assert (rows.content.decode().count("<tr class="), len(branch) <= 15) == (width, True)
