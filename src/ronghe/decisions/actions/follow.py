"""Carrying out: what is done after the decision, by whom, until when."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.decisions.actions.steps import expect_assignment, lock_matter, tell
from ronghe.decisions.models import Assignment, Matter, Step
from ronghe.decisions.permissions import may_assign, may_finish_assignment
from ronghe.org.models import Person
from ronghe.rectification.queries import list_takers
from ronghe.worklist.actions import settle_tasks


@action
def assign(matter: Matter, *, text: str, owner: Person, due: date, by: Any, version: int | None = None) -> Assignment:
    """Add something to be carried out while the matter is in execution."""
    matter = lock_matter(matter, version=version)
    require(may_assign, by, matter)
    if matter.state != Matter.State.RUNNING or not Step.objects.filter(matter=matter, kind="execute", state="open").exists():
        raise Refused(_("决策通过、进入执行后才能分派落实事项。"))
    if not text.strip():
        raise ValidationError({"text": _("请写明要落实什么。")})
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    if not list_takers(matter.area_id).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": owner.name}})
    row = Assignment.objects.create(matter=matter, text=text.strip(), owner=owner, due=due)
    record(by=by, verb="分派落实", obj=matter, area_id=matter.area_id, note=f"{row.text}({owner.name},{due} 前)")
    expect_assignment(row)
    tell([owner], matter, _("请您落实:%(text)s(%(due)s 前)") % {"text": row.text, "due": due}, by=by)
    return row


@action
def finish_assignment(row: Assignment, *, result: str, by: Any, version: int | None = None) -> Assignment:
    """Say what was done."""
    matter = lock_matter(row.matter)
    row = lock_row(row, version=version)
    row.matter = matter
    require(may_finish_assignment, by, row)
    if matter.state != Matter.State.RUNNING:
        raise Refused(_("事项已被叫停或已办结,现在不能登记落实。"))
    if row.done_on is not None:
        raise Refused(_("这一条已经办结。"))
    if not result.strip():
        raise ValidationError({"result": _("请写明落实的结果。")})
    row.done_on, row.result = today(), result.strip()
    row.save()
    record(by=by, verb="办结落实", obj=matter, area_id=matter.area_id, note=f"{row.text}:{row.result}")
    settle_tasks(row, result="已办结")
    return row
