"""A short chain of the audit, with its checkpoints in a folder of the test's own."""

import pytest
from django.db import connection, transaction

from ronghe.audit.actions import record, save_checkpoint
from ronghe.audit.models import Chain
from ronghe.common.calendar import now


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.RONGHE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.RONGHE_KEYS = tmp_path / "keys"


@pytest.fixture
def chain(db):
    """Twelve entries, a checkpoint after the tenth."""
    with transaction.atomic():
        for number in range(1, 13):
            changes = {"value": [number, str(number + 1)], "备注": ["", "改"]} if number % 2 else None
            record(by=None, verb="测试", name=f"第{number}件", note="说明", changes=changes)
    row = Chain.objects.get()
    tenth = row.entries.get(number=10)
    save_checkpoint(row.code, 10, tenth.digest, now())
    Chain.objects.update(checked=10, checked_at=now())
    return row


@pytest.fixture
def tamper():
    """tamper(sql, *values): what somebody with the database in hand does, past the program."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run
