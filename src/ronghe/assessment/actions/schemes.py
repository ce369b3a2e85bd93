"""Scheme versions: taken in as drafts, put in force by a second person, never changed afterwards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.notices import announce_scheme, list_publishers
from ronghe.assessment.permissions import may_approve_scheme, may_drop, may_write_scheme
from ronghe.assessment.rules import is_month, shift_month
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.org.models import Unit
from ronghe.worklist.actions import open_tasks, settle_tasks

APPROVAL = "方案审批"
APPROVAL_DAYS = 5


@action
def adopt_scheme(area: Unit, text: str, *, by: Any) -> SchemeVersion:
    """Take in a scheme as a draft version; its number is the one that the text names.

    Raises ValidationError with the lines that `ronghe score` would print where the text breaks the contract.
    """
    require(may_write_scheme, by, area)
    scheme = kernel.read_scheme(text)
    if scheme.period != "month":
        raise ValidationError(_("月度考核只用周期为 month 的方案。"))
    taken = SchemeVersion.objects.filter(area=area, code=scheme.code).exclude(state=SchemeVersion.State.DROPPED)
    numbers = set(taken.values_list("number", flat=True))
    if scheme.version in numbers:
        raise ValidationError(
            _("方案 %(code)s 的第 %(number)d 版已经存在。请把 [scheme] 中的 version 改为 %(next)d 再提交。")
            % {"code": scheme.code, "number": scheme.version, "next": max(numbers) + 1}
        )
    row = SchemeVersion.objects.create(
        area=area,
        code=scheme.code,
        number=scheme.version,
        name=scheme.name[:100],
        basis=scheme.basis[:200],
        period_kind=scheme.period,
        text=text,
        digest=scheme.digest,
        author=by,
        hands=[by.pk],
    )
    record(by=by, verb="新建方案", obj=row, area_id=area.pk, changes={"digest": ["", row.digest]})
    ask_approval(row, by=by)
    return row


def ask_approval(row: SchemeVersion, *, by: Any) -> None:
    """Ask those who may publish it: holders of the posts who did not write on it."""
    owners = [person for person in list_publishers(row.area_id, but=by) if person.user_id not in row.writers]
    if not owners:
        raise Refused(_("没有未参与编写的人可以发布(书记、经理或经营管理副职)。"))
    open_tasks(
        row,
        kind=APPROVAL,
        owners=owners,
        title=_("审批考核方案:%(scheme)s") % {"scheme": str(row)},
        path=reverse("assessment:scheme", args=[row.pk]),
        due=add_working_days(today(), APPROVAL_DAYS),
        area_id=row.area_id,
    )


@action
def publish_scheme(scheme: SchemeVersion, *, by: Any, valid_from: str, version: int | None = None) -> SchemeVersion:
    """Put a draft in force from a month on. Whoever wrote it cannot; the version before it ends the month before."""
    row = lock_row(scheme, version=version)
    require(may_approve_scheme, by, row)
    if not is_month(valid_from):
        raise ValidationError(_("起始月应写成 2026-10 这样的月份。"))
    row.publish()
    row.valid_from, row.approved_by, row.published_at = valid_from, by, now()
    row.compiled = kernel.compile_scheme(row)
    for former in SchemeVersion.objects.select_for_update().filter(
        area_id=row.area_id, period_kind=row.period_kind, state=SchemeVersion.State.PUBLISHED
    ):
        give_way(former, valid_from)
    row.save()
    record(by=by, verb="发布方案", obj=row, area_id=row.area_id, note=valid_from, changes={"state": ["draft", row.state]})
    settle_tasks(row, kind=APPROVAL, result=_("已发布"))
    announce_scheme(row, by=by)
    return row


def give_way(former: SchemeVersion, valid_from: str) -> None:
    """End a version the month before its successor; one that would never have applied again is retired."""
    if former.valid_to and former.valid_to < valid_from:
        return
    if former.valid_from >= valid_from:
        former.retire()
    else:
        former.valid_to = shift_month(valid_from, -1)
    former.save()


@action
def drop_scheme(scheme: SchemeVersion, *, by: Any, version: int | None = None) -> SchemeVersion:
    """Give up a draft."""
    row = lock_row(scheme, version=version)
    require(may_drop, by, row)
    if row.state not in (SchemeVersion.State.WRITING, SchemeVersion.State.DRAFT):
        raise Refused(_("只有草稿可以作废;已发布的方案请用新版本接替。"))
    before = row.state
    row.drop()
    row.save()
    record(by=by, verb="作废方案草稿", obj=row, area_id=row.area_id, changes={"state": [before, row.state]})
    settle_tasks(row, result=_("草稿已作废"), dropped=True)
    return row
