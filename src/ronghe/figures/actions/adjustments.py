"""豁免与目标调整: asked for with a reason and proof, decided by a leader who did not ask."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link, tell_followers
from ronghe.documents.actions import attach
from ronghe.figures.actions.batches import settle_complete_demands
from ronghe.figures.models import Adjustment, ReportingPeriod
from ronghe.figures.permissions import may_grant, speaks_for
from ronghe.goals.models import Indicator
from ronghe.goals.rules import is_month
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

GRANT = "批准"
DAYS_TO_DECIDE = 3


@action
def ask_adjustment(
    unit: Unit,
    indicator: Indicator,
    *,
    period: str,
    kind: str,
    target: Decimal | None,
    reason: str,
    proof: tuple[bytes, str] | None,
    by: Any,
) -> Adjustment:
    """Ask to be exempt from an indicator in a month, or for another target. `proof` is (content, file name) and is required."""
    require(speaks_for, by, unit)
    return open_adjustment(unit, indicator, period=period, kind=kind, target=target, reason=reason, proof=proof, by=by)


def open_adjustment(
    unit: Unit,
    indicator: Indicator,
    *,
    period: str,
    kind: str,
    target: Decimal | None,
    reason: str,
    proof: tuple[bytes, str] | None,
    by: Any,
) -> Adjustment:
    """Write what is asked for and ask the leaders who decide. The caller has authorised."""
    if indicator.area_id != unit.area_id or not is_month(period):
        raise Refused(_("请选择本管理区的指标和正确的月份。"))
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    if proof is None:
        raise Refused(_("请上传证明材料(停井通知、上级批复、灾害证明等)。"))
    if kind == Adjustment.Kind.TARGET and target is None:
        raise Refused(_("请填写调整后的目标值。"))
    pending = Adjustment.objects.filter(unit=unit, indicator=indicator, period=period, state__in=["asked", "approved"])
    if pending.exists():
        raise Refused(_("这个单位、指标和月份已有申请,不能重复申请。"))
    row = Adjustment(
        area_id=unit.area_id,
        unit=unit,
        indicator=indicator,
        period=period,
        kind=kind,
        target=target if kind == Adjustment.Kind.TARGET else None,  # type: ignore[misc]
        reason=reason.strip(),
        asked_by=by,
    )
    row.save()
    data, name = proof
    attach(row, data=data, name=name, by=by, area_id=row.area_id, purpose="证明材料")
    record(
        by=by,
        verb="申请调整",
        obj=row,
        area_id=row.area_id,
        note=row.reason,
        changes={"kind": [None, row.kind], "target": [None, row.target]},
    )
    deciders = [
        person for person in list_holders(("deputy_business", "area_manager"), area_id=row.area_id, day=today()) if person.user_id != by.pk
    ]
    path, title = find_link("figures.adjustment", row.pk), _("待批准:%(what)s") % {"what": row}
    due = add_working_days(today(), DAYS_TO_DECIDE)
    open_tasks(row, kind=GRANT, owners=deciders, title=title, path=path, due=due, area_id=row.area_id)
    notify(deciders, kind=GRANT, title=title, path=path, area_id=row.area_id, by=by)
    return row


@action
def decide_adjustment(row: Adjustment, *, approve: bool, note: str, by: Any, version: int | None = None) -> Adjustment:
    """Approve or decline. A refusal needs its note; who asked is told either way."""
    row = lock_row(row, version=version)
    require(may_grant, by, row)
    if not approve and not note.strip():
        raise Refused(_("不批准时请写明理由。"))
    if approve:
        row.approve()
    else:
        row.decline()
    row.decided_by, row.decided_at, row.decision_note = by, now(), note.strip()
    row.save()
    word = _("批准") if approve else _("不批准")
    record(by=by, verb=word, obj=row, area_id=row.area_id, note=row.decision_note)
    settle_tasks(row, kind=GRANT, result=word)
    asker = Person.objects.filter(user=row.asked_by)
    notify(
        asker,
        kind=GRANT,
        title=_("%(word)s:%(what)s") % {"word": word, "what": row},
        path=find_link("figures.adjustment", row.pk),
        area_id=row.area_id,
        by=by,
    )
    if approve:
        # what is exempted is asked for no longer
        for period in ReportingPeriod.objects.filter(area_id=row.area_id, period=row.period):
            settle_complete_demands(period, result=_("已免考:%(indicator)s") % {"indicator": row.indicator})
    tell_followers(row, by)
    return row
