"""结对: proposed by somebody from the marks, agreed by both chiefs, visits with what was taken over, tasks, an end with its result."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.coaching.actions.steps import PAIR, check_takers, expect, path_of, person_of, require_text, settle, tell
from ronghe.coaching.models import Pair, PairTask, Visit
from ronghe.coaching.permissions import may_agree, may_end_pair, may_propose_pair, may_run_pair
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers

AGREE_DAYS = 5
CHIEFS = ("station_chief", "group_leader")


def list_chiefs(area_id: int, *units: int) -> list[Person]:
    """Return the chiefs of these units who can be charged."""
    able = list_takers(area_id)
    return [person for unit in units for person in list_holders(CHIEFS, area_id=area_id, day=today(), unit_id=unit).filter(pk__in=able)]


@action
def propose_pair(
    weak: Unit, strong: Unit, *, indicator: str, indicator_name: str, track: str, period: str, why: str, target: str, ends_on: date, by: Any
) -> Pair:
    """Propose that one unit learns an indicator from another. It runs only when both chiefs agree."""
    require(may_propose_pair, by, weak)
    if weak.pk == strong.pk or weak.area_id != strong.area_id:
        raise ValidationError({"strong": _("请选同一管理区的另一个单位。")})
    standing = standing_of(by)
    if not standing.holds(LEADERS, area_id=weak.area_id) and not standing.units_of(CHIEFS) & {weak.pk, strong.pk}:
        raise Refused(_("站长、党小组长只能为自己的单位提出结对。"))
    require_text(target=target, why=why)
    if ends_on <= today():
        raise ValidationError({"ends_on": _("到期要晚于今天。")})
    if Pair.objects.filter(weak=weak, indicator=indicator, state__in=["proposed", "running"]).exists():
        raise Refused(_("%(unit)s 已经在学这项指标。") % {"unit": weak.name})
    chiefs = list_chiefs(weak.area_id or 0, weak.pk, strong.pk)
    if not list_chiefs(weak.area_id or 0, weak.pk) or not list_chiefs(weak.area_id or 0, strong.pk):
        raise Refused(_("两个单位都要有在任的站长(室主任)或党小组长才能结对。"))
    pair = Pair.objects.create(
        area_id=weak.area_id or 0, weak=weak, strong=strong, indicator=indicator, indicator_name=indicator_name, track=track, period=period,
        why=why.strip(), target=target.strip(), proposed_by=person_of(by), proposed_on=today(), ends_on=ends_on,
    )  # fmt: skip
    due = add_working_days(today(), AGREE_DAYS)
    expect(pair, PAIR, chiefs, _("结对待同意:%(pair)s") % {"pair": pair}, due=due, area_id=pair.area_id)
    record(by=by, verb="提出结对", obj=pair, area_id=pair.area_id, note=pair.why)
    tell(chiefs, pair, _("请答复结对:%(pair)s") % {"pair": pair}, by=by)
    return pair


def lock_pair(pair: Pair, state: str, version: int | None) -> Pair:
    pair = lock_row(pair, version=version)
    if pair.state != state:
        raise Refused(_("这个结对现在是“%(state)s”,不能这样办理。") % {"state": pair.get_state_display()})
    return pair


@action
def agree_to_pair(pair: Pair, *, by: Any, version: int | None = None) -> Pair:
    """Agree for one's unit; with both sides it begins."""
    pair = lock_pair(pair, Pair.State.PROPOSED, version)
    require(may_agree, by, pair)
    me, units = person_of(by), standing_of(by).units_of(CHIEFS)
    if pair.weak_id in units and pair.weak_agreed is None:
        pair.weak_agreed = me
        unit = pair.weak_id
    elif pair.strong_id in units and pair.strong_agreed is None:
        pair.strong_agreed = me
        unit = pair.strong_id
    else:
        raise Refused(_("您的单位已经同意。"))
    for chief in list_chiefs(pair.area_id, unit):
        settle(pair, PAIR, _("已同意"), owner=chief)
    if pair.weak_agreed and pair.strong_agreed:
        pair.started_on = today()
        pair.start()
        tell(list_chiefs(pair.area_id, pair.weak_id, pair.strong_id), pair, _("结对开始:%(pair)s") % {"pair": pair}, by=by)
        expect(
            pair,
            PAIR,
            list_chiefs(pair.area_id, pair.weak_id),
            _("结对到期总结:%(pair)s") % {"pair": pair},
            due=pair.ends_on,
            area_id=pair.area_id,
        )
    pair.save()
    record(by=by, verb="同意结对", obj=pair, area_id=pair.area_id)
    return pair


@action
def decline_pair(pair: Pair, *, reason: str, by: Any, version: int | None = None) -> Pair:
    """Say no for one's unit, with the reason."""
    pair = lock_pair(pair, Pair.State.PROPOSED, version)
    require(may_agree, by, pair)
    require_text(reason=reason)
    pair.ending, pair.ended_on = reason.strip(), today()
    pair.decline()
    pair.save()
    settle(pair, None, _("未结成"), dropped=True)
    record(by=by, verb="不同意结对", obj=pair, area_id=pair.area_id, note=pair.ending)
    tell([pair.proposed_by, *list_chiefs(pair.area_id, pair.weak_id, pair.strong_id)], pair, _("未结成:%(pair)s") % {"pair": pair}, by=by)
    return pair


@action
def note_visit(
    pair: Pair, *, day: date, seen: str, taken: str, by: Any, task: str = "", owner: Person | None = None, due: date | None = None
) -> Visit:
    """Note a visit and what is taken over; a task puts it to use."""
    pair = lock_pair(pair, Pair.State.RUNNING, None)
    require(may_run_pair, by, pair)
    require_text(seen=seen)
    if day > today() or (pair.started_on and day < pair.started_on):
        raise ValidationError({"day": _("观摩日期要在结对开始之后、不晚于今天。")})
    if task.strip() and (owner is None or due is None):
        raise ValidationError({"owner": _("有任务的,请写明责任人和期限。")})
    visit = Visit.objects.create(pair=pair, day=day, seen=seen.strip(), taken=taken.strip(), by=person_of(by))
    record(by=by, verb="记录观摩", obj=pair, area_id=pair.area_id, note=visit.taken or visit.seen)
    if task.strip() and owner is not None and due is not None:
        add_pair_task(pair, text=task, owner=owner, due=due, by=by)
    return visit


@action
def add_pair_task(pair: Pair, *, text: str, owner: Person, due: date, by: Any) -> PairTask:
    """Give somebody a task of the pair."""
    pair = lock_pair(pair, Pair.State.RUNNING, None)
    require(may_run_pair, by, pair)
    require_text(task=text)
    check_takers(pair.area_id, owner=owner)
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    row = PairTask.objects.create(pair=pair, text=text.strip(), owner=owner, due=due)
    expect(row, PAIR, [owner], _("结对任务:%(text)s") % {"text": row.text}, due=due, area_id=pair.area_id, path=path_of(pair))
    record(by=by, verb="布置结对任务", obj=pair, area_id=pair.area_id, note=row.text)
    tell([owner], pair, _("结对任务:%(text)s") % {"text": row.text}, by=by)
    return row


@action
def finish_pair_task(row: PairTask, *, result: str, by: Any, version: int | None = None) -> PairTask:
    """Say what came of a task: its owner, or a chief of the two units."""
    row = lock_row(row, version=version)
    if row.owner_id != standing_of(by).person_id:
        require(may_run_pair, by, row.pair)
    require_text(result=result)
    if row.done_on is not None:
        raise Refused(_("这项任务已经完成。"))
    row.done_on, row.result = today(), result.strip()
    row.save()
    settle(row, PAIR, row.result)
    record(by=by, verb="完成结对任务", obj=row.pair, area_id=row.area_id, note=f"{row.text}:{row.result}")
    return row


@action
def end_pair(pair: Pair, *, ending: str, by: Any, version: int | None = None) -> Pair:
    """End a pair with what came of it; open tasks must be done first, so that nothing vanishes."""
    pair = lock_pair(pair, Pair.State.RUNNING, version)
    require(may_end_pair, by, pair)
    require_text(ending=ending)
    if pair.tasks.filter(done_on=None).exists():
        raise Refused(_("还有没完成的结对任务,请先办结。"))
    pair.ending, pair.ended_on = ending.strip(), today()
    pair.end()
    pair.save()
    settle(pair, PAIR, _("已总结"))
    record(by=by, verb="结束结对", obj=pair, area_id=pair.area_id, note=pair.ending)
    tell(list_chiefs(pair.area_id, pair.weak_id, pair.strong_id), pair, _("结对结束:%(pair)s") % {"pair": pair}, by=by)
    return pair
