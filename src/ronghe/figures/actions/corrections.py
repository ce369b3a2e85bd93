"""What an objection that was upheld sets going: a correction of one figure, or another target. Decided by somebody else, as usual."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.figures.actions.adjustments import open_adjustment
from ronghe.figures.actions.batches import copy_batch, give_up, hand_in, make_number
from ronghe.figures.models import Adjustment, Batch, Figure, ReportingPeriod
from ronghe.figures.permissions import grants, had_no_hand
from ronghe.figures.queries.asked import find_open_batch
from ronghe.figures.rules import print_figure
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.org.queries import list_holders


@action
def propose_correction(
    unit: Unit, indicator: Indicator, *, period: str, actual: Decimal, reason: str, by: Any, batch: Batch | None = None
) -> Batch:
    """Hand in the right figure of one cell as a correction that names its reason; a reviewer confirms it as usual.

    The caller has authorised. `batch` is the correction proposed before where it was sent back or taken back: it goes on.
    A cell that nobody has reported gets a batch of its own, also after the month's closing day.
    """
    month = lock_row(ReportingPeriod.objects.get(area_id=unit.area_id, period=period))
    held = Figure.objects.filter(unit=unit, indicator=indicator, period=period, in_force=True, actual__isnull=False)
    figure = held.select_related("batch__unit").first()
    if figure is not None and figure.actual == actual:
        raise Refused(_("这个数值与现在确认的数值相同,没有可更正的。"))
    source = figure.batch.unit if figure is not None else indicator.reported_by or unit
    waiting = find_open_batch(month, source)
    if batch is not None and waiting is not None and waiting.pk == batch.pk and waiting.is_editable:
        draft = lock_row(waiting)
    elif waiting is not None:
        raise Refused(_("本单位还有未办完的批次 %(number)s,请先办完它,再更正。") % {"number": waiting.number})
    elif figure is not None:
        draft = copy_batch(month, lock_row(figure.batch), reason=reason[:300], by=by)
    else:
        draft = Batch(area_id=unit.area_id, unit=source, period=month, number=make_number(month), source=Batch.Source.GRID, author=by)
        draft.hands, draft.reason = [by.pk], reason[:300]
        draft.save()
    write_figure(draft, unit, indicator, actual)
    change = [print_figure(figure.actual) if figure is not None else "", print_figure(actual)]
    record(by=by, verb="填写更正", obj=draft, area_id=draft.area_id, note=reason, changes={f"{unit.name} {indicator.name}": change})
    hand_in(draft, by=by)
    require_reviewer(draft)
    return draft


def write_figure(batch: Batch, unit: Unit, indicator: Indicator, actual: Decimal) -> None:
    row = batch.figures.filter(unit=unit, indicator=indicator).first()
    if row is None:
        row = Figure(area_id=batch.area_id, batch=batch, unit=unit, indicator=indicator, period=batch.period.period)
    row.actual = actual  # type: ignore[misc]
    row.save()


def require_reviewer(batch: Batch) -> None:
    """Raise Refused where nobody is left who may confirm what was handed in: it would lie there for ever."""
    reviewers = list_holders("reviewer", area_id=batch.area_id, day=today()).exclude(user_id__in=batch.hands).select_related("user")
    if not any(had_no_hand(person.user, batch) for person in reviewers):
        raise Refused(_("除您以外没有人能审核这份更正。请由另一人答复,或先增设审核人。"))


@action
def abandon_correction(batch: Batch, *, by: Any) -> None:
    """Give up a proposed correction that was sent back or taken back, when another way is taken."""
    row = lock_row(batch)
    if row.is_editable:
        give_up(row, by=by)


@action
def propose_adjustment(
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
    """Ask for another target, or for an exemption, on behalf of a unit; a leader other than `by` decides. The caller has authorised."""
    row = open_adjustment(unit, indicator, period=period, kind=kind, target=target, reason=reason[:300], proof=proof, by=by)
    deciders = list_holders(("deputy_business", "area_manager"), area_id=unit.area_id or 0, day=today())
    if not any(person.user_id != by.pk and grants(person.user, row) for person in deciders.select_related("user")):
        raise Refused(_("除您以外没有人能批准这份申请,请由另一人答复。"))
    return row
