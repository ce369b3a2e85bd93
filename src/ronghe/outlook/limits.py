"""亮灯规则: which is in force, proposing one and deciding on it."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.outlook.models import LightRule
from ronghe.outlook.packs import read_limits
from ronghe.outlook.permissions import may_decide_rule, may_propose_rule
from ronghe.outlook.rules import Limits, pick_limits
from ronghe.worklist.actions import open_tasks, settle_tasks

DECIDE = "批准亮灯规则"
DAYS_TO_DECIDE = 3


def find_limits(area_id: int, period: str) -> Limits:
    """Return the rule of an area's month; the pack's where it has approved none. One query."""
    rows = LightRule.objects.filter(area_id=area_id, state=LightRule.State.APPROVED)
    known = [Limits(row.green, row.yellow, row.basis, row.number, row.valid_from) for row in rows]
    return pick_limits(known, period, read_limits())


@action
def propose_rule(area: Unit, *, valid_from: str, green: Decimal, yellow: Decimal, basis: str, by: Any) -> LightRule:
    """Propose what the lights mean from a month on; a leader who did not propose it decides."""
    require(may_propose_rule, by, area)
    Unit.objects.select_for_update().filter(pk=area.pk).without_tree_fields().first()
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    if not 0 <= green <= yellow <= 100:
        raise ValidationError({"yellow": _("应为 0 到 100,且黄灯的界限不能小于绿灯的界限。")})
    rows = LightRule.objects.filter(area=area)
    if rows.filter(state=LightRule.State.ASKED).exists():
        raise Refused(_("已有一版在等批准,请先办理那一版。"))
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row = LightRule(area=area, number=number, valid_from=valid_from, green=green, yellow=yellow, basis=basis.strip(), asked_by=by)
    row.save()
    record(
        by=by,
        verb="提出亮灯规则",
        obj=row,
        area_id=area.pk,
        note=row.basis,
        changes={"green": [None, str(green)], "yellow": [None, str(yellow)], "valid_from": [None, valid_from]},
    )
    deciders = [
        person for person in list_holders(("deputy_business", "area_manager"), area_id=area.pk, day=today()) if person.user_id != by.pk
    ]
    path, title = find_link("outlook.lightrule", row.pk), _("待批准:%(what)s") % {"what": row}
    open_tasks(
        row,
        kind=DECIDE,
        owners=deciders,
        title=title,
        path=path,
        due=add_working_days(today(), DAYS_TO_DECIDE),
        area_id=area.pk,
    )
    notify(deciders, kind=DECIDE, title=title, path=path, area_id=area.pk, by=by)
    return row


@action
def decide_rule(row: LightRule, *, approve: bool, note: str, by: Any, version: int | None = None) -> LightRule:
    """Approve or decline. A refusal needs its note; what is approved is computed with at once, by the worker."""
    row = lock_row(row, version=version)
    require(may_decide_rule, by, row)
    if not approve and not note.strip():
        raise ValidationError({"note": _("不批准时请写明理由。")})
    if approve:
        row.approve()
    else:
        row.decline()
    row.decided_by, row.decided_at, row.decision_note = by, now(), note.strip()
    row.save()
    word = _("批准") if approve else _("不批准")
    record(by=by, verb=word, obj=row, area_id=row.area_id, note=row.decision_note)
    settle_tasks(row, kind=DECIDE, result=word)
    notify(
        Person.objects.filter(user=row.asked_by),
        kind=DECIDE,
        title=_("%(word)s:%(what)s") % {"word": word, "what": row},
        path=find_link("outlook.lightrule", row.pk),
        area_id=row.area_id,
        by=by,
    )
    if approve:
        from ronghe.outlook.actions import ask_refresh  # noqa: PLC0415  (computing reads the rule from here)

        ask_refresh(row.area_id)
    return row
