"""What the tests of 溯源 share."""

from ronghe.accounts.models import User
from ronghe.rectification import actions as cure
from ronghe.tracing import actions
from tests.stage import staged

WHYS = ["法兰渗漏", "垫片老化没有换", "保养清单里没有更换周期"]
BARRIERS = {"design": "held", "list": "missing", "person": "weak"}
FILES = [("照片.txt", "已更换".encode())]


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


@staged
def open_item(world, title="法兰渗漏", **extra):
    values = {"source": "manual", "problem": "集油管线法兰渗漏", "measures": ["更换垫片"], "owner": world.liuhaitao} | extra
    return cure.open_item(area=world.area, unit=world.unit["注采一站"], title=title, by=user(world.lijianguo), **values)


@staged
def start(world, **extra):
    return actions.start_tracing(open_item(world), subject="environment", by=user(world.lijianguo), **extra)


@staged
def trace(world, **extra):
    row = start(world)
    values = {"whys": WHYS, "barriers": BARRIERS, "at_source": "改用金属缠绕垫,三年一换", "near_miss": False} | extra
    return actions.trace_cause(row, by=user(world.liuhaitao), **values)


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    return {"tracing:item": {"pk": trace(world).item_id}}
