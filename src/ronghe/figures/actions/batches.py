"""Writing a batch: saving a draft, handing it in, taking it back, giving it up, correcting what was confirmed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, StaleForm, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link, tell_followers
from ronghe.figures.actions.periods import REPORT, ask_reporters
from ronghe.figures.models import Batch, Demand, Figure, ReportingPeriod
from ronghe.figures.permissions import reports_for, writes_batch
from ronghe.figures.queries.asked import ANSWERED, Form, find_open_batch, load_form
from ronghe.figures.queries.progress import list_outstanding
from ronghe.figures.rules import Entry, print_figure
from ronghe.notices.actions import notify
from ronghe.org.models import Unit
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

REVIEW = "审核"
DAYS_TO_REVIEW = 2
FIX = "退回"


@action
def save_batch(
    period: ReportingPeriod,
    unit: Unit,
    *,
    entries: Iterable[Entry],
    source: str,
    by: Any,
    seen: tuple[int, int] | None = None,
    check_seen: bool = False,
) -> Batch:
    """Save the figures of a unit's open batch, making one where there is none. Nothing of it counts before it is confirmed.

    With `check_seen`, `seen` is (pk, version) of the open batch that the form was made from, or None where there was none:
    raises StaleForm when another browser saved in between. Entries without a figure blank what was there.
    """
    period = lock_row(period)
    require(reports_for, by, unit)
    form = load_form(period, unit)
    batch = form.batch
    if check_seen and batch is not None and seen != (batch.pk, batch.version):
        raise StaleForm(batch)
    if batch is None or batch.replaces_id is None:
        require_open(period)
    if batch is not None and not batch.is_editable:
        raise Refused(_("批次 %(number)s 已提交待审核。要修改请先撤回它。") % {"number": batch.number})
    entries = list(entries)
    check_entries(form, entries)
    changes = find_changes(form, entries)
    if batch is None:
        batch = Batch(area_id=period.area_id, unit=unit, period=period, number=make_number(period), source=source, author=by, hands=[by.pk])
        batch.save()
    elif not changes:
        return batch
    else:
        batch.hands = sorted({*batch.hands, by.pk})
        batch.source = source
        batch.save()
    write_figures(batch, form, entries)
    record(by=by, verb="保存草稿", obj=batch, area_id=batch.area_id, changes=changes)
    return batch


def require_open(period: ReportingPeriod) -> None:
    """Raise Refused where figures are not taken today."""
    if not period.is_open():
        raise Refused(
            _("%(period)s 的填报期是 %(opens)s 至 %(closes)s,现在不能填报。需要时请指标管理员调整日期。")
            % {"period": period, "opens": period.opens_on.isoformat(), "closes": period.closes_on.isoformat()}
        )


def make_number(period: ReportingPeriod) -> str:
    """Return the next number of a period's batches. The caller holds the period's lock."""
    count = Batch.objects.filter(period=period).count()
    return f"{period.period.replace('-', '')}-{period.area.code}-{count + 1:03d}"


def check_entries(form: Form, entries: list[Entry]) -> None:
    """Raise Refused for cells that are not this unit's to fill, or that another confirmed batch holds."""
    names = {(u.pk, i.pk): f"{u.name}「{i.name}」" for u, i in form.cells}
    strange = [entry for entry in entries if entry.cell not in names]
    if strange:
        raise Refused(_("有 %(count)d 个数值不由本单位填报,没有保存。") % {"count": len(strange)})
    held = [f"{names[entry.cell]}({form.held[entry.cell].actual.normalize():f})" for entry in entries if overwrites(form, entry)]
    if held:
        raise Refused(_("以下数值已经确认,要改请在原批次上发起更正:%(names)s") % {"names": "、".join(held[:10])})


def overwrites(form: Form, entry: Entry) -> bool:
    """Tell whether an entry would change what another batch has in force. The same figure again is no change."""
    held = form.held.get(entry.cell)
    return not form.may_write(entry.cell) and entry.actual is not None and held is not None and held.actual != entry.actual


def find_changes(form: Form, entries: list[Entry]) -> dict[str, Any]:
    """Return what the entries change in the open batch, named for the audit."""
    names = {(u.pk, i.pk): f"{u.name} {i.name}" for u, i in form.cells}
    changes: dict[str, Any] = {}
    for entry in entries:
        saved = form.figures.get(entry.cell)
        if not form.may_write(entry.cell):
            continue
        old = (saved.actual, saved.note, saved.target, saved.base) if saved else (None, "", None, None)
        new = (entry.actual, entry.note, entry.target, entry.base)
        if old == new:
            continue
        changes[names[entry.cell]] = [print_figure(old[0]), print_figure(new[0])]
        if old[1] != new[1]:
            changes[f"{names[entry.cell]} 说明"] = [old[1], new[1]]
    return changes


def write_figures(batch: Batch, form: Form, entries: list[Entry]) -> None:
    """Write the entries into the batch: new rows for new cells, one bulk update for the others."""
    made, changed = [], []
    for entry in entries:
        if not form.may_write(entry.cell):
            continue
        values = {"actual": entry.actual, "note": entry.note, "place": entry.place, "target": entry.target, "base": entry.base}
        saved = form.figures.get(entry.cell)
        if saved is None:
            if entry.actual is not None or entry.note or entry.target is not None or entry.base is not None:
                unit_id, indicator_id = entry.cell
                made.append(
                    Figure(
                        area_id=batch.area_id,
                        batch=batch,
                        unit_id=unit_id,
                        indicator_id=indicator_id,
                        period=form.period.period,
                        version=1,
                        **values,
                    )
                )
            continue
        for name, value in values.items():
            setattr(saved, name, value)
        saved.version += 1
        changed.append(saved)
    Figure.objects.bulk_create(made, batch_size=500)
    if changed:
        Figure.objects.bulk_update(changed, ["actual", "note", "place", "target", "base", "version"], batch_size=200)


@action
def submit_batch(batch: Batch, *, by: Any, version: int | None = None) -> Batch:
    """Hand in a batch: the reviewers are asked, the reporters' task is settled once nothing of the unit is missing."""
    batch = lock_row(batch, version=version)
    require(writes_batch, by, batch)
    if batch.replaces_id is None:
        require_open(batch.period)
    if not batch.figures.filter(ANSWERED | Q(target__isnull=False) | Q(base__isnull=False)).exists():
        raise Refused(_("这个批次还没有填任何数值,不能提交。"))
    hand_in(batch, by=by)
    settle_complete_demands(batch.period, result=_("已提交 %(number)s") % {"number": batch.number})
    return batch


def hand_in(batch: Batch, *, by: Any) -> None:
    """Write that the batch is handed in, and ask the reviewers. The caller has locked and authorised."""
    batch.submit()
    batch.hands = sorted({*batch.hands, by.pk})
    batch.submitted_at, batch.return_reason = now(), ""
    batch.save()
    record(by=by, verb="提交", obj=batch, area_id=batch.area_id, note=batch.reason)
    settle_tasks(batch, kind=FIX, result=_("已重新提交"))
    ask_reviewers(batch, by=by)
    tell_followers(batch, by)


def ask_reviewers(batch: Batch, *, by: Any) -> None:
    """Open a task for each reviewer who had no hand in the batch, and tell them."""
    reviewers = [person for person in list_holders("reviewer", area_id=batch.area_id, day=today()) if person.user_id not in batch.hands]
    path = find_link("figures.batch", batch.pk)
    # a correction comes long after the month's own date
    due = max(batch.period.due_on, add_working_days(today(), DAYS_TO_REVIEW)) if batch.reason else batch.period.due_on
    what = _("更正审核") if batch.replaces_id else _("填报审核")
    title = _("%(what)s:%(unit)s %(period)s(%(number)s)") % {
        "what": what,
        "unit": batch.unit,
        "period": batch.period,
        "number": batch.number,
    }
    open_tasks(batch, kind=REVIEW, owners=reviewers, title=title, path=path, due=due, area_id=batch.area_id)
    notify(reviewers, kind=REVIEW, title=title, path=path, area_id=batch.area_id, by=by)


def settle_complete_demands(period: ReportingPeriod, *, result: str) -> None:
    """Settle the reporting task of every unit of which nothing is missing any more."""
    outstanding = list_outstanding(period)
    for demand in Demand.objects.filter(period=period).exclude(unit_id__in=outstanding):
        settle_tasks(demand, kind=REPORT, result=result)


@action
def withdraw_batch(batch: Batch, *, by: Any) -> Batch:
    """Take back what is not decided yet; the reporters are asked again."""
    batch = lock_row(batch)
    require(writes_batch, by, batch)
    batch.withdraw()
    batch.save()
    record(by=by, verb="撤回", obj=batch, area_id=batch.area_id)
    settle_tasks(batch, kind=REVIEW, result=_("填报人已撤回"), dropped=True)
    ask_reporters(batch.period)
    tell_followers(batch, by)
    return batch


@action
def drop_batch(batch: Batch, *, by: Any) -> Batch:
    """Give up a draft. It stays readable and counts for nothing."""
    batch = lock_row(batch)
    require(writes_batch, by, batch)
    give_up(batch, by=by)
    tell_followers(batch, by)
    return batch


def give_up(batch: Batch, *, by: Any) -> None:
    batch.drop()
    batch.save()
    record(by=by, verb="作废", obj=batch, area_id=batch.area_id)
    settle_tasks(batch, kind=FIX, result=_("批次已作废"), dropped=True)


@action
def start_correction(batch: Batch, *, reason: str, by: Any) -> Batch:
    """Begin a correction of a confirmed batch: a new draft with its figures in force, naming what it replaces and why."""
    period = lock_row(batch.period)
    batch = lock_row(batch)
    require(writes_batch, by, batch)
    if not reason.strip():
        raise Refused(_("请写明更正原因。"))
    return copy_batch(period, batch, reason=reason.strip(), by=by)


def copy_batch(period: ReportingPeriod, batch: Batch, *, reason: str, by: Any) -> Batch:
    """Make the draft that corrects a confirmed batch, with its figures in force. The caller holds the locks and has authorised."""
    if batch.state != Batch.State.CONFIRMED:
        raise Refused(_("只有已确认的批次需要更正;没有确认的直接修改即可。"))
    figures = list(batch.figures.filter(in_force=True))
    if not figures:
        raise Refused(_("这个批次的数值已经全部被后来的更正取代,请更正最新的批次。"))
    open_batch = find_open_batch(period, batch.unit)
    if open_batch is not None:
        raise Refused(_("本单位还有未办完的批次 %(number)s,请先提交或作废它。") % {"number": open_batch.number})
    draft = Batch(
        area_id=batch.area_id,
        unit=batch.unit,
        period=period,
        number=make_number(period),
        source=Batch.Source.GRID,
        author=by,
        hands=[by.pk],
        replaces=batch,
        reason=reason,
    )
    draft.save()
    for figure in figures:
        figure.pk, figure.batch, figure.in_force, figure.version = None, draft, False, 1
        figure._state.adding = True
    Figure.objects.bulk_create(figures)
    record(
        by=by,
        verb="发起更正",
        obj=draft,
        area_id=draft.area_id,
        note=_("更正 %(number)s:%(reason)s") % {"number": batch.number, "reason": draft.reason},
    )
    return draft
