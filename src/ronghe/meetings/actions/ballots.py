"""无记名投票: casting a vote without leaving one (docs/adr/0005).

The urn is three counts in a sealed row. Casting opens it with a key from outside the database, raises one count, seals it
anew and marks the person as having voted. Every state of the row that a page, a backup or a write-ahead log may still hold has
one length and is noise without the key; the key is destroyed at the close.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.urns import destroy_key, key_path, make_key, new_name, open_counts, read_key, seal_counts, sweep_keys
from ronghe.meetings.actions.steps import BALLOT_TASK, expect, lock_item, path_of, person_of, refuse_halted, settle
from ronghe.meetings.models import Attendee, Item, Meeting, Recusal, Urn, Voted
from ronghe.meetings.permissions import may_attend
from ronghe.meetings.rules.quorum import VOTES, Tally
from ronghe.org.models import Person

__all__ = ["cast_ballot", "destroy_key", "discard_urn", "empty_urn", "key_path", "name_open_keys", "open_urn", "read_key", "sweep_keys"]


def open_urn(item: Item, meeting: Meeting, deciding: Iterable[int], *, by: Any) -> Urn:
    """Set up an empty urn and ask each who decides for the vote. Part of begin_vote."""
    name = new_name()
    key = make_key(name)
    urn = Urn.objects.create(item=item, name=name, sealed=seal_counts(key, name, (0, 0, 0)))
    people = Person.objects.filter(pk__in=list(deciding)).exclude(user=None)
    expect(item, BALLOT_TASK, people, f"无记名投票:{item.title}", due=meeting.held_on, path=path_of(item), unit_id=item.unit_id)
    return urn


@action
def cast_ballot(item: Item, choice: str, *, by: Any) -> None:
    """Cast one's vote. What is kept afterwards: that this person has voted, and three sealed counts, one of them higher than before."""
    meeting, item = lock_item(item)
    require(may_attend, by, meeting)
    if item.state != Item.State.VOTING or item.form != "secret" or item.on_paper:
        raise Refused(_("现在没有打开的票箱。"))
    refuse_halted(item)
    if choice not in VOTES:
        raise ValidationError({"choice": _("请选择同意、不同意或弃权。")})
    me = person_of(by)
    may_vote = Attendee.objects.filter(meeting=meeting, person=me, votes=True, state=Attendee.State.PRESENT).exists()
    if not may_vote or Recusal.objects.filter(item=item, person=me).exists():
        raise Refused(_("您没有到会、没有表决权或已回避,不能投票。"))
    if Voted.objects.filter(item=item, person=me).exists():
        raise Refused(_("您已经投过票,一人一票,投出不能更改。"))
    urn = Urn.objects.select_for_update().get(item=item)
    key = read_key(urn.name)
    counts = open_counts(key, urn.name, bytes(urn.sealed))
    counts[list(VOTES).index(choice)] += 1
    urn.sealed = seal_counts(key, urn.name, (counts[0], counts[1], counts[2]))
    urn.save(update_fields=["sealed"])
    Voted.objects.create(item=item, person=me)
    record(by=by, verb="已投票", obj=item, area_id=item.area_id)
    settle(item, BALLOT_TASK, "已投票", owner=me)


def empty_urn(item: Item) -> Tally:
    """Count and close the urn. Part of close_ballot; the key goes once that is committed."""
    urn = Urn.objects.select_for_update().get(item=item)
    tally = Tally(*open_counts(read_key(urn.name), urn.name, bytes(urn.sealed)))
    if tally.total != Voted.objects.filter(item=item).count():
        raise Refused(_("票箱里的票数和投票人数不符(可能从备份恢复过)。请作废这次表决,重新投票。"))
    shut(urn)
    settle(item, BALLOT_TASK, "投票已结束", dropped=True)
    return tally


def discard_urn(item: Item) -> None:
    """Throw an urn away uncounted, with the marks of who voted. Part of break_vote."""
    urn = Urn.objects.select_for_update().filter(item=item).first()
    if urn is None:
        return
    name = urn.name
    Voted.objects.filter(item=item).delete()
    urn.delete()
    transaction.on_commit(lambda: destroy_key(name))
    settle(item, BALLOT_TASK, "表决作废", dropped=True)


def shut(urn: Urn) -> None:
    urn.sealed, urn.closed = b"", True
    urn.save(update_fields=["sealed", "closed"])
    name = urn.name
    transaction.on_commit(lambda: destroy_key(name))


def name_open_keys() -> set[str]:
    """Return the names of the keys that open urns need."""
    return set(Urn.objects.filter(closed=False).values_list("name", flat=True))
