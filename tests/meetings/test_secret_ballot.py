"""A secret ballot is secret: all tables, the audit, the logs and a backup of the database hold nothing that ties a vote to a person."""

import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.meetings.actions import ballots, votes
from ronghe.meetings.models import Urn, Voice, Voted
from tests.meetings import cases
from tests.meetings.cases import begin, fresh, hear_all, lead, open_one, user

pytestmark = pytest.mark.django_db
CHOICES = {"李建国": "yes", "王海涛": "no", "陈晓燕": "abstain", "周卫东": "yes"}


@pytest.fixture
def opened(world, settings, tmp_path):
    settings.RONGHE_URNS = tmp_path / "urns"
    cases.prepare(world)
    meeting, item = open_one(world)
    hear_all(item)
    begin(item, "secret")
    return world, meeting, item


def cast(world, item, choices):
    for name, choice in choices.items():
        ballots.cast_ballot(fresh(item), choice, by=user(world.person[name]))


def dump_rows():
    """Every row of every table, as plain tuples without times and hashes that differ by nature."""
    found = {}
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'select * from "{model._meta.db_table}" order by 1')
            names = [column[0] for column in cursor.description]
            drop = {"sealed", "name", "digest", "previous", "head", "password", "session_data"} if model in (Urn, Entry) else set()
            if connection.vendor == "postgresql":
                drop = drop | {"id"}  # its sequences go on after a rollback, so the second world counts from where the first ended
            rows = [tuple((n, v) for n, v in zip(names, row, strict=True) if n not in drop) for row in cursor.fetchall()]
        found[model._meta.label] = rows
    return found


def strip(rows, item):
    """Rows as they would be, whoever voted what: without times and what is drawn."""
    return {
        label: [
            tuple(
                (n, v)
                for n, v in row
                if not n.endswith(("_at", "_date")) and n not in ("at", "digest", "previous", "head", "date_joined", "last_login")
            )
            for row in table
        ]
        for label, table in rows.items()
    }


def test_count_and_marks(opened):
    world, meeting, item = opened
    cast(world, item, CHOICES)
    assert Voted.objects.filter(item=item).count() == 4
    done = votes.close_ballot(fresh(item), by=lead(meeting))
    assert (done.yes, done.no, done.abstain, done.state) == (2, 1, 1, "rejected")
    assert set(Voice.objects.values_list("vote", flat=True)) == {""}


def test_one_vote_each_and_only_for_those_who_decide(opened):
    world, _meeting, item = opened
    cast(world, item, {"李建国": "yes"})
    with pytest.raises(Refused, match="一人一票"):
        cast(world, item, {"李建国": "no"})
    with pytest.raises(ValidationError):
        cast(world, item, {"王海涛": "maybe"})
    assert Voted.objects.count() == 1


def test_who_voted_what_changes_nothing_that_is_kept(opened, django_capture_on_commit_callbacks, caplog):
    """Two worlds that differ only in who voted what (the counts are the same) are equal in every row, in the audit and the logs."""
    world, meeting, item = opened
    caplog.set_level(logging.DEBUG)
    from django.db import transaction

    seen = []
    swapped = {"李建国": "no", "王海涛": "yes", "陈晓燕": "yes", "周卫东": "abstain"}
    for choices in (CHOICES, swapped):
        point = transaction.savepoint()
        caplog.clear()
        with django_capture_on_commit_callbacks():
            cast(world, item, choices)
            during = strip(dump_rows(), item)
            votes.close_ballot(fresh(item), by=lead(meeting))
        after = strip(dump_rows(), item)
        texts = [
            record.getMessage()
            for record in caplog.records
            if "INSERT" not in record.getMessage() and not record.name.startswith("django.db")
        ]
        seen.append((during, after, texts))
        transaction.savepoint_rollback(point)
    assert seen[0] == seen[1]
    assert len(seen[0][0]["meetings.Voted"]) == 4


def test_the_audit_says_that_a_vote_was_cast_and_never_what(opened):
    world, _meeting, item = opened
    cast(world, item, CHOICES)
    entries = list(Entry.objects.filter(verb="已投票").values_list("note", "changes"))
    assert entries == [("", {})] * 4


def test_the_urn_has_one_length_and_its_key_dies_with_the_close(opened, django_capture_on_commit_callbacks):
    world, meeting, item = opened
    name = Urn.objects.get().name
    lengths, states = set(), set()
    for voter, choice in CHOICES.items():
        cast(world, item, {voter: choice})
        sealed = bytes(Urn.objects.get().sealed)
        lengths.add(len(sealed))
        states.add(sealed)
    assert len(lengths) == 1
    assert len(states) == 4
    path = ballots.key_path(name)
    assert path.exists()
    assert not path.is_relative_to(Path(settings.RONGHE_KEYS)), "a backup takes this folder"
    with django_capture_on_commit_callbacks(execute=True):
        votes.close_ballot(fresh(item), by=lead(meeting))
    assert not path.exists()
    assert bytes(Urn.objects.get().sealed) == b""
    with pytest.raises(Refused):
        ballots.read_key(name)


def test_a_backup_taken_while_the_urn_is_open_holds_no_key(opened):
    from ronghe.operations.backup import FOLDERS, folder_of

    for name in FOLDERS:
        assert not Path(settings.RONGHE_URNS).is_relative_to(folder_of(name))


def test_a_lost_key_voids_the_vote(opened, django_capture_on_commit_callbacks):
    world, meeting, item = opened
    cast(world, item, {"李建国": "yes"})
    ballots.destroy_key(Urn.objects.get().name)
    with pytest.raises(Refused, match="重新投票"):
        cast(world, item, {"王海涛": "yes"})
    with pytest.raises(Refused, match="重新投票"):
        votes.close_ballot(fresh(item), by=lead(meeting))
    votes.break_vote(fresh(item), reason="票箱密钥丢失", by=lead(meeting))
    begin(item, "secret")
    cast(world, item, CHOICES)
    assert votes.close_ballot(fresh(item), by=lead(meeting)).yes == 2
