"""What every action of 述职评议 leans on: who acts, the cycle under its lock, tasks and messages."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.models import Cycle
from ronghe.common.actions import Refused, lock_row
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def lock_cycle(cycle: Cycle, *states: str, version: int | None = None) -> Cycle:
    """Lock a cycle that must be in one of these states."""
    cycle = lock_row(cycle, version=version)
    if states and cycle.state not in states:
        raise Refused(_("「%(title)s」现在是%(state)s,不能这样办理。") % {"title": cycle.title, "state": cycle.get_state_display()})
    return cycle


def path_of(cycle: Cycle) -> str:
    """Return the page of a cycle: what tasks and messages open."""
    return reverse("appraisal:cycle", args=[cycle.pk])


def tell(people: Iterable[Person], cycle: Cycle, text: str, *, by: Any, path: str = "") -> None:
    """Leave a message with each person once, the actor left out."""
    me = standing_of(by).person_id
    wanted = {person.pk: person for person in people if person.pk != me}
    notify(wanted.values(), kind="述职评议", title=text, path=path or path_of(cycle), area_id=cycle.area_id, by=by)
