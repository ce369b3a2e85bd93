"""Something made known, and a term that ends soon."""

from datetime import date, timedelta

from ronghe.common.calendar import at_time, today
from ronghe.duties.models import Term
from ronghe.org.models import PartyOrg
from ronghe.portal.demo.load import moment_of
from ronghe.supervision.actions import openness
from ronghe.supervision.models.openness import Disclosure, Election
from tests.stage import staged
from tests.supervision.cases import user

FIRST = date(2026, 11, 2)


def values(**extra):
    return {
        "sphere": "finance", "name": "奖金分配", "audience": "全体员工", "place": "公开栏", "rule": "FREQ=MONTHLY;BYMONTHDAY=20",
        "shift": "after", "owner_kind": "deputy_business", "basis": "分配办法",
    } | extra  # fmt: skip


@staged
def plan(world, **extra):
    openness.save_open(world.area, values(**extra), by=user(world.lijianguo))
    with at_time(moment_of(FIRST, 5)):
        openness.plan_openness(world.area, FIRST)
    return Disclosure.objects.select_related("owner", "item").get()


@staged
def publish(world, **extra):
    row = plan(world, **extra)
    return openness.publish(row, text="总额 42 万元,按考核分配。", by=user(row.owner))


@staged
def near_end(world, days=90):
    branch = PartyOrg.objects.get(area=world.area, kind="branch")
    Term.objects.create(area=world.area, branch=branch, elected_on=today() - timedelta(days=1000), ends_on=today() + timedelta(days=days))
    openness.prepare_elections(world.area, today())
    return Election.objects.first()
