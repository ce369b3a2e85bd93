"""The demo's 三册溯源: findings of the stations' visits, one not traced yet, one traced, one for which no line needs changing (M28)."""

from datetime import timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.org.models import Person
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.rectification.models import Item
from ronghe.rectification.rules import LIVE
from ronghe.tracing import actions

WHYS = ("现场没有发现", "巡检时没有这一项", "巡检清单里没有写多久看一次")


def trace_findings(loaded: Loaded, area: str) -> list[Story]:
    """Return the story of the first area; it begins from what visits have sent to 整改."""
    return [trace(loaded, area)] if area == "A1" else []


def trace(loaded: Loaded, area: str) -> Story:
    day = loaded.world.today - timedelta(days=1)
    yield moment_of(day, 10)
    head = loaded.holder("branch_secretary", area, day)
    items = Item.objects.filter(area=loaded.units[area], source="stationing", state__in=LIVE).select_related("owner").order_by("-pk")[:3]
    for number, item in enumerate(items):
        row = actions.start_tracing(item, subject=item.subject or "safety", near_miss=number == 1, by=head)
        if number == 0:
            continue
        by = account(item.owner)
        row = actions.trace_cause(
            row, whys=WHYS, barriers={"list": "missing", "check": "weak", "person": "held"}, at_source="改用不需要人看的自动报警",
            near_miss=number == 1, by=by,
        )  # fmt: skip
        if number == 2:
            actions.need_no_change(row, reason="巡检清单上月已经补上这一项", by=by)


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)
