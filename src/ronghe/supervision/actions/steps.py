"""What every action of 监督 leans on: who acts, who can be charged, tasks, messages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.common.actions import Refused
from ronghe.common.registry import find_link
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers
from ronghe.worklist.actions import open_tasks, settle_tasks


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


def check_takers(area_id: int, **people: Person | None) -> None:
    """Raise ValidationError at the field of a person who cannot be charged: of another area, gone, or without an account or post."""
    given = {field: person for field, person in people.items() if person is not None}
    able = set(list_takers(area_id).filter(pk__in=[person.pk for person in given.values()]).values_list("pk", flat=True))
    problems = {
        field: _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": person.name}
        for field, person in given.items()
        if person.pk not in able
    }
    if problems:
        raise ValidationError(problems)


def expect(
    row: Any, kind: str, owners: Iterable[Person], title: str, *, due: date | None, path: str = "", unit_id: int | None = None
) -> None:
    """Put a step among what is due for each owner."""
    open_tasks(
        row,
        kind=kind,
        owners=owners,
        title=title,
        path=path or path_of(row),
        due=due,
        area_id=row.area_id,
        unit_id=unit_id,
    )


def settle(row: models.Model, kind: str | None = None, result: str = "", *, dropped: bool = False, owner: Person | None = None) -> None:
    settle_tasks(row, kind=kind, result=result, dropped=dropped, owner=owner)


def tell(people: Iterable[Person | None], row: Any, text: str, *, by: Any, kind: str = "监督") -> None:
    """Leave a message that opens the row with each person once, the actor left out."""
    me = standing_of(by).person_id if by is not None else None
    wanted = {person.pk: person for person in people if person is not None and person.pk != me}
    notify(wanted.values(), kind=kind, title=text, path=path_of(row), area_id=row.area_id, by=by)
