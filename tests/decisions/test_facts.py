"""What a report takes over from 议事决策: the reporter's own matters, but for those of personnel."""

from ronghe.common.calendar import today
from ronghe.decisions.offers import list_facts
from tests.decisions.cases import publish, register


def test_own_matters_but_for_personnel(world):
    publish(world)
    matter = register(world)
    register(world, title="注采一站站长人选", category="personnel", amount=None, unit="注采一站", owner="陈晓燕")
    facts = list_facts(world.chenxiaoyan, today(), today())
    assert [matter.title in str(fact) for fact in facts] == [True]
