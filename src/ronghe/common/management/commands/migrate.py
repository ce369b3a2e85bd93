"""`ronghe migrate`: Django's own, in a third of the time (docs/adr/0013).

After each operation Django builds the classes of all related models anew, and here all two hundred are related through people and
units. Told to delay, it builds those that the operation touches, and all of them before a step that runs Python: RunPython itself
asks for that. And each state field of each class so built wants to be told of every class built after it, though the models of
migrations have no transitions. The schema that comes of it is that of the models: tests/common/test_migrate.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django_fsm
from django.core.management.commands.migrate import Command as Migrate
from django.db.migrations.state import ProjectState
from django.dispatch import Signal

_reload, _prepared = ProjectState.reload_model, django_fsm.class_prepared


def _reload_later(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    _reload(self, app_label, model_name, delay=True)


@contextmanager
def build_fewer_classes() -> Iterator[None]:
    ProjectState.reload_model = _reload_later  # type: ignore[method-assign]
    django_fsm.class_prepared = Signal()
    try:
        yield
    finally:
        ProjectState.reload_model = _reload  # type: ignore[method-assign]
        django_fsm.class_prepared = _prepared


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with build_fewer_classes():
            super().handle(*args, **options)
