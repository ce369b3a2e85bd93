"""A real backup made after the close of a secret ballot: opened, it holds who voted and three numbers, and no key."""

import pytest

from ronghe.meetings.actions import ballots, votes
from ronghe.meetings.models import Item, Urn, Voice, Voted
from ronghe.operations.backup import DATABASE, extract, make_backup
from ronghe.operations.snapshots import unpack
from tests.meetings import cases
from tests.meetings.cases import begin, fresh, hear_all, lead, open_one, user
from tests.operations.test_backup import WORDS, place, second_database  # noqa: F401  (fixtures)
from tests.people import build_world

CHOICES = {"李建国": "yes", "王海涛": "no", "陈晓燕": "abstain", "周卫东": "yes"}


@pytest.mark.django_db(transaction=True)
def test_a_backup_made_after_the_close(second_database, place, settings):  # noqa: F811
    settings.RONGHE_URNS = place / "urns"
    world = build_world()
    cases.prepare(world)
    meeting, item = open_one(world)
    hear_all(item)
    begin(item, "secret")
    key = ballots.read_key(Urn.objects.get().name)
    for name, choice in CHOICES.items():
        ballots.cast_ballot(fresh(item), choice, by=user(world.person[name]))
    votes.close_ballot(fresh(item), by=lead(meeting))
    make_backup(place / "b.ronghe", WORDS)
    out = place / "out"
    out.mkdir()
    made = extract(place / "b.ronghe", WORDS, out)
    assert not [name for name in made.files if "urn" in name]
    found = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert key not in found
    assert key.hex().encode() not in found
    assert list(settings.RONGHE_URNS.iterdir()) == []
    with unpack(out / DATABASE) as using:
        kept = Item.objects.using(using).get(pk=item.pk)
        assert (kept.yes, kept.no, kept.abstain) == (2, 1, 1)
        assert [(bytes(row.sealed), row.closed) for row in Urn.objects.using(using)] == [(b"", True)]
        assert Voted.objects.using(using).filter(item=item).count() == len(CHOICES)
        assert set(Voice.objects.using(using).values_list("vote", flat=True)) == {""}
