"""Generating a month's tasks: set-based, nothing twice, whatever the order and number of runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import action
from ronghe.common.bulk import cut, insert_rows
from ronghe.common.calendar import add_working_days, now, today
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Post, Unit
from ronghe.worklist.models import MonthRun, Task
from ronghe.worklist.permissions import may_generate
from ronghe.worklist.queries.holders import Holders
from ronghe.worklist.queries.months import describe_month
from ronghe.worklist.rules.catchup import judge, list_missed
from ronghe.worklist.rules.recurrence import add_months, name_month
from ronghe.worklist.sources import Planned, sources

CHUNK = 2000
GONE = "指南已修改,不再需要"  # the result of what no source asks for any more; it reopens if one asks again
CATCH_UP_DAYS = 5  # working days that a task of a missed month is given
# what differs between the tasks of one run, in the order in which `make_row` gives it
COLUMNS = ("unit_id", "owner_id", "kind", "title", "path", "due", "key", "item_id", "post_id", "asks", "planned", "remark")
Row = tuple[str | int | None, ...]


@dataclass
class Tally:
    """What one run did."""

    made: int = 0
    reopened: int = 0
    skipped: int = 0
    vacant: int = 0
    nobody: int = 0
    superiors: dict[int, int] = field(default_factory=dict)


@action
def generate_month(area: Unit, month: str, *, day: date | None = None, by: Any = None) -> MonthRun:
    """Make the month's tasks for an area. Run again it adds what is new and lets go of what the guides no longer ask.

    `by` None is the worker or the command. The day decides what is past already (rules.catchup).
    """
    if by is not None:
        require(may_generate, by, area)
    day = day or today()
    run, _made = MonthRun.objects.select_for_update().get_or_create(area=area, month=month, defaults={"ran_on": day})
    about = describe_month(area.pk, month)
    holders = Holders(area.pk, min(about.first, day), add_working_days(max(about.last, day), CATCH_UP_DAYS))
    known = set(Task.objects.filter(area_id=area.pk, month=month).exclude(key="").values_list("key", flat=True))
    gone = set(Task.objects.filter(area_id=area.pk, month=month, state=Task.State.DROPPED, result=GONE).values_list("key", flat=True))
    late_due = add_working_days(day, CATCH_UP_DAYS)
    tally, wanted = Tally(), set()
    back: dict[str, Planned] = {}

    def build() -> Iterator[Row]:
        for plan in (plan for find in sources.values() for plan in find(about)):
            wanted.add(plan.key)
            if plan.key in known:
                if plan.key in gone and plan.due >= day:
                    back[plan.key] = plan
                continue
            known.add(plan.key)
            verdict = judge(plan.due, day, each_month=plan.each_month, catch_up_on=late_due)
            if verdict.due is None:
                tally.skipped += 1
                continue
            row = make_row(plan, verdict.due, late=verdict.late, holders=holders, kinds=kinds, tally=tally)
            if row is not None:
                yield row

    kinds = dict(Post.objects.filter(area_id=area.pk).values_list("pk", "kind"))
    insert_rows(Task(area=area, month=month, version=1), COLUMNS, build())
    tally.reopened = reopen_tasks(area.pk, back)
    tally.made = Task.objects.filter(area_id=area.pk, month=month).exclude(key="").count()
    dropped = drop_unasked(area.pk, month, wanted, day)
    news = tally.made - run.made
    run.ran_on, run.made, run.skipped, run.vacant, run.nobody = day, tally.made, tally.skipped, run.vacant + tally.vacant, tally.nobody
    run.save()
    if news or dropped or tally.reopened:
        note = _("新增 %(made)d 项,恢复 %(back)d 项,取消 %(dropped)d 项,过期未补 %(skipped)d 项") % {
            "made": news,
            "back": tally.reopened,
            "dropped": dropped,
            "skipped": tally.skipped,
        }
        record(by=by, verb="生成月度任务", obj=run, area_id=area.pk, note=note)
    tell_superiors(tally.superiors, area.pk, month)
    return run


def make_row(plan: Planned, due: date, *, late: bool, holders: Holders, kinds: dict[int, str], tally: Tally) -> Row | None:
    """Return the task of a plan, by COLUMNS, for whoever holds its post on its day, or for the superior; None where there is nobody at all."""
    owner, remarks = plan.owner_id, []
    if plan.post_id is not None:
        owner = holders.find(plan.post_id, due)
        if owner is None:
            owner = holders.find_superior(kinds.get(plan.post_id, ""), due)
            tally.vacant += 1
            remarks.append(f"{plan.post_title}岗位空缺,由上级代办")
            if owner is not None:
                tally.superiors[owner] = tally.superiors.get(owner, 0) + 1
    if owner is None:
        tally.nobody += 1
        return None
    if late:
        remarks.append(f"补生成,原定 {plan.due.month}月{plan.due.day}日")
    return (
        plan.unit_id, owner, plan.kind[:40], plan.title[:200], plan.path, due.isoformat(), plan.key, plan.item_id, plan.post_id, plan.asks,
        plan.planned.isoformat(), ";".join(remarks)[:200],
    )  # fmt: skip


def drop_unasked(area_id: int, month: str, wanted: set[str], day: date) -> int:
    """Let go of open tasks still ahead that no source asks for any more: the guide was changed, the post abolished."""
    ahead = Task.objects.open().filter(area_id=area_id, month=month, due__gte=day).exclude(key="")
    gone = [pk for pk, key in ahead.values_list("pk", "key") if key not in wanted]
    for chunk in cut(gone, CHUNK):
        Task.objects.filter(pk__in=chunk).update(state=Task.State.DROPPED, result=GONE, settled_at=now(), version=F("version") + 1)
    return len(gone)


def reopen_tasks(area_id: int, back: dict[str, Planned]) -> int:
    """Open again what had fallen away and is asked for once more: a date was moved there and back. What a person dropped stays dropped."""
    rows = list(Task.objects.select_for_update().filter(area_id=area_id, key__in=list(back), state=Task.State.DROPPED, result=GONE))
    for task in rows:
        plan = back[task.key]
        task.state, task.result, task.settled_at, task.due, task.planned = Task.State.OPEN, "", None, plan.due, plan.planned
        task.title, task.item_id, task.asks = plan.title[:200], plan.item_id, plan.asks
        task.version += 1
    fields = ["state", "result", "settled_at", "due", "planned", "title", "item", "asks", "version"]
    Task.objects.bulk_update(rows, fields, batch_size=500)
    return len(rows)


def settle_listed(keys: Iterable[str], *, result: str = "") -> int:
    """Settle tasks of the month's list whose matter was done where it belongs (`Planned.path`). Part of the caller's action; returns how many."""
    rows = Task.objects.open().filter(key__in=list(keys)).exclude(key="")
    return rows.update(state=Task.State.DONE, result=result[:200], settled_at=now(), version=F("version") + 1)


def tell_superiors(superiors: dict[int, int], area_id: int, month: str) -> None:
    """Tell each superior once how many tasks of empty posts came up to them."""
    for person in Person.objects.filter(pk__in=superiors):
        title = _("%(month)s有 %(n)d 项任务因岗位空缺由您代办") % {"month": month, "n": superiors[person.pk]}
        notify([person], kind="任务", title=title, path=f"/worklist/month/?month={month}", area_id=area_id)


@action
def rehome_tasks(area: Unit, *, day: date | None = None) -> int:
    """Give what is open of a post to whoever holds it on the task's day: people change posts in the middle of a month.

    What was handed on or refused stays where it is; what a superior does for an empty post goes to the successor.
    """
    day = day or today()
    rows = Task.objects.open().filter(area_id=area.pk, handed=False, refused_by=None).exclude(post=None).exclude(key="")
    tasks = list(rows.select_related("post").select_for_update(of=("self",)))
    holders = Holders(area.pk, day, max((task.due for task in tasks if task.due), default=day))
    moved = []
    for task in tasks:
        assert task.post is not None
        when = max(task.due or day, day)
        holder = holders.find(task.post.pk, when)
        owner = holder or holders.find_superior(task.post.kind, when)
        if owner is None or owner == task.owner_id:
            continue
        task.owner_id, task.offered_to = owner, None
        task.remark = "" if holder else f"{task.post.title}岗位空缺,由上级代办"
        task.version += 1
        moved.append(task)
    Task.objects.bulk_update(moved, ["owner", "offered_to", "remark", "version"], batch_size=500)
    if moved:
        record(by=None, verb="任务随岗位移交", obj=area, area_id=area.pk, note=_("%(n)d 项") % {"n": len(moved)})
    return len(moved)


def generate_due(day: date) -> str:
    """The daily tick: this month's tasks for every area, those of missed months that still matter, and what follows its post."""
    month, made, moved = name_month(day), 0, 0
    for area in Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk"):
        before = dict(MonthRun.objects.filter(area=area).values_list("month", "made"))
        last = max((one for one in before if one <= month), default=None)
        between = [add_months(month, -n) for n in range(12, 0, -1)]
        for one in [*list_missed(last, month, between), month]:
            made += generate_month(area, one, day=day).made - before.get(one, 0)
        moved += rehome_tasks(area, day=day)
    return _("生成任务 %(made)d 项,随岗位移交 %(moved)d 项") % {"made": made, "moved": moved}
