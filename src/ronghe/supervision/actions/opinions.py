"""Opinions and questions on what was made known: said in the product or heard elsewhere, answered by who made it known."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.org.models import Person
from ronghe.supervision.actions.steps import expect, person_of, require_text, settle, tell
from ronghe.supervision.models.openness import Disclosure, Opinion
from ronghe.supervision.permissions import may_ask, may_publish

TASK, ANSWER_DAYS = "公开意见", 5


@action
def ask(row: Disclosure, *, text: str, by: Any) -> Opinion:
    """Ask something, or say what one thinks, about what was made known."""
    row = lock_row(row)
    require(may_ask, by, row)
    return receive(row, text=text, channel=Opinion.Channel.HERE, asked_by=person_of(by), by=by)


@action
def note(row: Disclosure, *, text: str, channel: str, by: Any) -> Opinion:
    """Write down an opinion that came another way, without a name."""
    row = lock_row(row)
    require(may_publish, by, row)
    return receive(row, text=text, channel=channel, asked_by=None, by=by)


def receive(row: Disclosure, *, text: str, channel: str, asked_by: Person | None, by: Any) -> Opinion:
    if row.state != Disclosure.State.PUBLISHED:
        raise Refused(_("还没有公开。"))
    require_text(text=text)
    due = add_working_days(today(), ANSWER_DAYS)
    opinion = Opinion.objects.create(
        area_id=row.area_id, disclosure=row, text=text.strip(), channel=channel, asked_by=asked_by, received_on=today(), due=due,
        owner=row.owner,
    )  # fmt: skip
    # not among the entries of what was made known: everybody reads those, and they name who acts
    record(by=by, verb="提出公开意见", obj=opinion, name=str(row), area_id=row.area_id, note=str(opinion.get_channel_display()))
    expect_answer(opinion)
    tell([row.owner], opinion, _("公开内容收到意见,请答复:%(name)s") % {"name": row}, by=by)
    return opinion


def expect_answer(opinion: Opinion) -> None:
    expect(opinion, TASK, [opinion.owner], f"答复公开意见:{opinion.disclosure}", due=opinion.due)


@action
def answer(opinion: Opinion, *, text: str, by: Any, version: int | None = None) -> Opinion:
    """Answer it; question and answer are read by everybody who reads what was made known."""
    opinion = lock_row(opinion, version=version)
    require(may_publish, by, opinion)
    if opinion.state != Opinion.State.OPEN:
        raise Refused(_("已经答复过。"))
    require_text(answer=text)
    opinion.settle()
    opinion.answer, opinion.answered_by, opinion.answered_on = text.strip(), person_of(by), today()
    opinion.save()
    record(by=by, verb="答复公开意见", obj=opinion.disclosure, area_id=opinion.area_id)
    settle(opinion, TASK, "已答复")
    tell([opinion.asked_by] if opinion.asked_by else [], opinion, _("您的意见已有答复:%(name)s") % {"name": opinion.disclosure}, by=by)
    return opinion


def pass_opinion(opinion: Opinion, to: Person) -> None:
    """Give the answer to somebody else. Part of the caller's action."""
    settle(opinion, TASK, "已移交", dropped=True)
    opinion.owner = to
    opinion.save()
    expect_answer(opinion)
