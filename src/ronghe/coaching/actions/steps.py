"""What every action of 措施 leans on: who acts, who can be charged, tasks, messages. Titles of tasks name no one: others may read them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.coaching.models import Measure
from ronghe.coaching.rules.kinds import level_of
from ronghe.common.actions import Refused
from ronghe.common.registry import find_link
from ronghe.notices.actions import notify
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers
from ronghe.worklist.actions import open_tasks, settle_tasks

DECIDE, CARRY, CONFIRM, LOOK, PAIR = "措施建议", "落实措施", "谈话确认", "措施回访", "结对"


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one: each step has a name."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def path_of(row: models.Model) -> str:
    """Return the address of a row's page: what tasks and messages open."""
    return find_link(row._meta.label_lower, row.pk)


def require_text(**texts: str) -> None:
    """Raise ValidationError at each field that is empty."""
    empty = {name: _("请填写。") for name, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def check_takers(area_id: int, **people: Person) -> None:
    """Raise ValidationError at the field of a person who cannot be charged."""
    able = set(list_takers(area_id).filter(pk__in=[person.pk for person in people.values()]).values_list("pk", flat=True))
    wrong = {
        field: _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": person.name}
        for field, person in people.items()
        if person.pk not in able
    }
    if wrong:
        raise ValidationError(wrong)


def find_level(person: Person | None, area_id: int, day: date) -> str:
    """Return the level of whom a measure is about. One query."""
    if person is None:
        return "unit"
    held = Appointment.objects.on(day).filter(person=person, post__area_id=area_id)
    return level_of(held.values_list("post__kind", flat=True), LEADERS)


def expect(row: Any, kind: str, owners: Iterable[Person], title: str, *, due: date | None, area_id: int, path: str = "") -> None:
    open_tasks(row, kind=kind, owners=owners, title=title, path=path or path_of(row), due=due, area_id=area_id)


def settle(row: models.Model, kind: str | None = None, result: str = "", *, dropped: bool = False, owner: Person | None = None) -> None:
    settle_tasks(row, kind=kind, result=result, dropped=dropped, owner=owner)


def tell(people: Iterable[Person | None], row: Any, text: str, *, by: Any, path: str = "") -> None:
    """Leave a message with each person once, the actor left out."""
    me = standing_of(by).person_id if by is not None else None
    wanted = {person.pk: person for person in people if person is not None and person.pk != me}
    notify(wanted.values(), kind="措施", title=text, path=path or path_of(row), area_id=row.area_id, by=by)


def expect_carrying(measure: Measure) -> None:
    """Ask the owner to carry a measure out."""
    title = _("%(kind)s:请按期落实") % {"kind": measure.kind.name}
    expect(measure, CARRY, [measure.owner], title, due=measure.due, area_id=measure.area_id)
