"""The one door for writes: what each action in any context's actions.py leans on.

An action locks the row, checks permission and transition, saves, records the audit entry, opens or settles what is
due and sends messages on commit, all in one transaction. Views, the API, imports and jobs call the same action.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)
F = TypeVar("F", bound=Callable[..., Any])


class StaleForm(Exception):
    """The row changed after the form was opened; `current` is what is saved now."""

    def __init__(self, current: Model) -> None:
        super().__init__(_("这条记录在您打开之后已被他人修改。您填的内容没有丢失,请与现在的内容核对后再提交。"))
        self.current = current


class Refused(ValidationError):
    """The action does not fit the state that the row is in; the message says why and what to do."""


def action(function: F) -> F:
    """Mark a write of one context: it runs in one transaction, whoever calls it."""
    wrapped = transaction.atomic(function)
    wrapped.is_action = True  # type: ignore[attr-defined]
    return wrapped


def lock_row(row: Row, *, version: int | None = None) -> Row:
    """Fetch the row again under a lock. Raise StaleForm when a form's `version` is no longer the saved one."""
    model = type(row)
    current = model._default_manager.select_for_update().get(pk=row.pk)  # type: ignore[attr-defined]
    if version is not None and current.version != version:  # type: ignore[attr-defined]
        raise StaleForm(current)
    return current
