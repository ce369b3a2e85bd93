"""分到成员 (M1, M4): an issued goal of a station or group is shared out to its members, kept up month by month, handed on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.common.registry import find_link
from ronghe.goals.actions.follow import follow_plan
from ronghe.goals.models import Acceptance, Goal, GoalMonth, GoalPlan, MemberTerm, Milestone, Tally
from ronghe.goals.permissions import may_share_out
from ronghe.goals.queries.checks import digest_goals, find_owned
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import MILESTONES, WEIGHTED, Part, split_goal, weigh_parts
from ronghe.goals.rules.curve import HAND, draw_part
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

ACCEPT, NODE = "目标认领", "目标节点"
MOST_DEPTH = 4  # 管理区 → 班站 → 党小组 → 党员任务 → one below
DAYS_TO_ACCEPT = 3


@dataclass(frozen=True)
class MemberPart:
    """One member's part as the table has it."""

    person_id: int
    value: Decimal


def lock_issued(goal: Goal, *, by: Any, version: int | None) -> tuple[GoalPlan, Goal]:
    """Lock an issued goal for what its unit's leader does with it."""
    plan = lock_row(goal.plan)
    goal = lock_row(goal, version=version)
    require(may_share_out, by, goal)
    if plan.state != GoalPlan.State.ISSUED:
        raise Refused(_("计划下达以后,由班站长、党小组长分到成员;现在是「%(state)s」。") % {"state": plan.get_state_display()})
    return plan, goal


def refuse_while_written(plan: GoalPlan) -> None:
    """A split holds still while the next version is written from it."""
    if GoalPlan.objects.filter(previous=plan).exclude(state=GoalPlan.State.DROPPED).exists():
        raise Refused(_("这个计划的新版正在起草,新版下达(或作废)以后再调整成员的目标;登记完成量和移交照常。"))


def lock_shared(goal: Goal, *, by: Any, version: int | None) -> tuple[GoalPlan, Goal]:
    """Lock an issued goal that is a number, to be shared out."""
    plan, goal = lock_issued(goal, by=by, version=version)
    if goal.indicator_id is None or goal.value is None or goal.rule == MILESTONES:
        raise Refused(_("没有目标值的目标不按数分到成员。"))
    return plan, goal


@action
def split_members(goal: Goal, parts: Iterable[MemberPart], *, by: Any, reason: str = "", version: int | None = None) -> list[Goal]:
    """Share a unit's goal out to its members. The parts re-add exactly, or nothing is saved; who is left out gives the part up.

    A change of an existing split needs its reason; what was done before stays with who did it.
    """
    plan, goal = lock_shared(goal, by=by, version=version)
    refuse_while_written(plan)
    wanted = {one.person_id: one.value for one in parts}
    if Goal.objects.standing().filter(parent=goal, person=None, indicator__isnull=False).exists():
        raise Refused(_("这项目标已分到下级单位,请在下级单位的目标里分到成员。"))
    people = {person.pk: person for person in Person.objects.filter(pk__in=wanted, unit=goal.unit_id, left_on=None)}
    if not wanted or len(people) != len(wanted):
        raise ValidationError(_("请至少分给一名成员。") if not wanted else _("有人已不在本单位,没有保存。"))
    if any(value <= 0 for value in wanted.values()):
        raise ValidationError(_("每名成员的目标值应大于 0;不参加的留空。"))
    balance = weigh_parts(goal.rule, goal.value, [Part(value, Decimal(1)) for value in wanted.values()], goal.decimals, goal.named)
    if not balance.reconciles:
        raise ValidationError(_("各成员合成后与本单位的目标相差 %(left)s,没有保存。") % {"left": print_number(balance.left)})
    saved = {row.person_id: row for row in Goal.objects.standing().filter(parent=goal, person__isnull=False, indicator__isnull=False)}
    touched = {pk for pk, row in saved.items() if wanted.get(pk or 0) != row.value}
    if touched and not reason.strip():
        raise ValidationError({"reason": _("已经分过,改动须写明原因。")})
    changed, fresh = write_parts(plan, goal, wanted, people, saved, by=by, reason=reason.strip())
    gone = give_up(plan, [row for pk, row in saved.items() if pk not in wanted], by=by, reason=reason.strip())
    goal.save()
    draw_members(goal, [*changed, *fresh])
    record(
        by=by,
        verb="分到成员",
        obj=goal,
        area_id=plan.area_id,
        note=(_("%(n)d 名成员") % {"n": len(wanted)}) + (f";{reason.strip()}" if touched else ""),
    )
    asked = [row.person for row in (*changed, *fresh) if row.person is not None]
    ask_members(plan, [*asked, *gone], by=by)
    follow_plan(plan)
    return [*changed, *fresh]


def write_parts(
    plan: GoalPlan,
    goal: Goal,
    wanted: Mapping[int, Decimal],
    people: Mapping[int, Person],
    saved: Mapping[int | None, Goal],
    *,
    by: Any,
    reason: str,
) -> tuple[list[Goal], list[Goal]]:
    """Write the members' parts; → (changed, new). Each part keeps its own history, which only those who may read it see."""
    changed: list[Goal] = []
    fresh: list[Goal] = []
    order = Goal.objects.filter(parent=goal).count()
    for person in sorted(people.values(), key=lambda one: (one.sort_key, one.number)):
        value, row = wanted[person.pk], saved.get(person.pk)
        if row is None:
            fresh.append(Goal(
                plan=plan, parent=goal, depth=goal.depth + 1, order=order + len(fresh), dimension_id=goal.dimension_id, title=goal.title,
                indicator_id=goal.indicator_id, value=value, weight=goal.weight,
                rule=goal.rule, unit_id=goal.unit_id, person=person, degree=goal.degree, basis=goal.basis, curve=HAND, version=1,
            ))  # fmt: skip
            fresh[-1].mean_weight = Decimal(1) if goal.rule == WEIGHTED else None  # type: ignore[assignment]
        elif row.value != value:
            old, row.value = row.value, value  # type: ignore[assignment]
            row.save()
            record(
                by=by,
                verb="调整成员目标",
                obj=row,
                area_id=plan.area_id,
                note=reason,
                changes={"value": [print_number(old), print_number(value)]},
            )
            changed.append(row)
    Goal.objects.bulk_create(fresh)
    MemberTerm.objects.bulk_create([MemberTerm(goal=row, person=people[row.person_id or 0], valid_from=today()) for row in fresh])
    return changed, fresh


def give_up(plan: GoalPlan, rows: Sequence[Goal], *, by: Any, reason: str) -> list[Person]:
    """Take back the parts of members who are left out; → the people."""
    for row in rows:
        row.withdrawn = True
        row.save()
        end_term(row)
        record(by=by, verb="收回成员目标", obj=row, area_id=plan.area_id, note=reason)
    return [row.person for row in rows if row.person is not None]


def last_day(month: str) -> date:
    """Return the last day of a month like '2026-12'."""
    return (date(int(month[:4]), int(month[5:]), 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def end_term(goal: Goal) -> None:
    """The term of whoever had the part ends with yesterday; one that began today ends with it."""
    for term in MemberTerm.objects.select_for_update().filter(goal=goal, valid_to=None):
        term.valid_to = max(term.valid_from, today() - timedelta(days=1))
        term.save()


def draw_members(goal: Goal, members: Sequence[Goal]) -> None:
    """Draw the months of the members' parts in the shape of their unit's. Two statements and a read."""
    if goal.indicator is None or goal.value is None:
        return
    months = dict(goal.curve_months.order_by("month").values_list("month", "value"))
    GoalMonth.objects.filter(goal__in=members).delete()
    rows = []
    for row in members:
        if row.value is not None:
            drawn = draw_part(row.value, goal.value, months, rollup=goal.indicator.rollup, decimals=goal.decimals)
            rows += [GoalMonth(goal=row, month=month, value=value) for month, value in drawn.items()]
    GoalMonth.objects.bulk_create(rows, batch_size=1000)


def rescale_members(goals: Iterable[Goal]) -> None:
    """Keep the members' parts reconciled when their unit's goal changes in a new version: in proportion to what they had. Two reads."""
    units = {goal.pk: goal for goal in goals if goal.indicator_id is not None and goal.person_id is None}
    below: dict[int, list[Goal]] = defaultdict(list)
    parts = Goal.objects.standing().filter(parent__in=units, person__isnull=False, indicator__isnull=False)
    for row in parts.order_by("order", "pk"):
        below[row.parent_id or 0].append(row)
    for pk, rows in below.items():
        goal = units[pk]
        if goal.value is not None:
            total = goal.value - (goal.named if goal.rule == Goal.Rule.SUM else 0)
            values = split_goal(goal.rule, total, [max(Decimal(0), row.value or Decimal(0)) for row in rows], goal.decimals)
            for row, value in zip(rows, values, strict=True):
                row.value, row.version = value, row.version + 1  # type: ignore[assignment]
            Goal.objects.bulk_update(rows, ["value", "version"])
        draw_members(goal, rows)


def ask_members(plan: GoalPlan, people: Sequence[Person], *, by: Any) -> None:
    """Ask members to accept what they answer for now; who signed for something else is asked again, who has nothing left is not."""
    owned = find_owned(plan, people)
    known = {row.person_id: row for row in Acceptance.objects.select_for_update().filter(plan=plan, person__in=people)}
    asked = []
    for person in dict.fromkeys(people):
        goals = owned.get(person, [])
        row = known.get(person.pk) or Acceptance(plan=plan, person=person, by_unit=True)
        digest = digest_goals(goals)
        if row.digest == digest:
            continue
        row.digest, row.goals, row.at, row.note = digest, len(goals), None, ""  # type: ignore[assignment]
        row.save()
        if goals:
            asked.append(person)
        else:
            settle_tasks(plan, kind=ACCEPT, owner=person, result=_("已收回"), dropped=True)
    path, title = find_link("goals.goalplan", plan.pk), _("请认领目标:%(plan)s") % {"plan": plan}
    due = add_working_days(today(), DAYS_TO_ACCEPT)
    open_tasks(plan, kind=ACCEPT, owners=asked, title=title, path=path, due=due, area_id=plan.area_id)
    notify(asked, kind=ACCEPT, title=title, path=path, area_id=plan.area_id, by=by)


@action
def file_tallies(goal: Goal, *, month: str, values: Mapping[int, Decimal], by: Any, version: int | None = None) -> int:
    """Enter what each member did in a month: part → amount. What is left blank stays as it is. Returns how many changed."""
    plan, goal = lock_shared(goal, by=by, version=version)
    if month not in plan.months or month > f"{today():%Y-%m}":
        raise ValidationError(_("只能登记计划之内、到本月为止的月份。"))
    parts = {row.pk: row for row in Goal.objects.standing().filter(parent=goal, person__isnull=False, indicator__isnull=False)}
    if not set(values) <= set(parts):
        raise Refused(_("有人的目标已收回或移交,没有保存,请重新打开。"))
    saved = {(row.goal_id, row.person_id): row for row in Tally.objects.select_for_update().filter(goal__in=parts, month=month)}
    count = 0
    for pk, value in values.items():
        part = parts[pk]
        assert part.person_id is not None
        row = saved.get((pk, part.person_id)) or Tally(goal=part, person_id=part.person_id, month=month)
        old = row.value if row.pk else None
        if old == value:
            continue
        row.value, row.filed_by = value, by
        row.save()
        record(
            by=by,
            verb="登记成员完成量",
            obj=part,
            area_id=plan.area_id,
            note=month,
            changes={_("完成量"): [print_number(old), print_number(value)]},
        )
        count += 1
    if count:
        goal.save()
        record(
            by=by, verb="登记成员完成量", obj=goal, area_id=plan.area_id, note=_("%(month)s,%(n)d 名成员") % {"month": month, "n": count}
        )
        follow_plan(plan)
    return count


@action
def give_task(goal: Goal, *, person: Person, title: str, degree: str, due: date, by: Any, version: int | None = None) -> Goal:
    """Give a member a task under the unit's goal that is no number: what is to be done by a day (党员任务). The member accepts it."""
    plan, goal = lock_issued(goal, by=by, version=version)
    refuse_while_written(plan)
    found = {name: _("这一项请填写。") for name, text in (("title", title), ("degree", degree)) if not text.strip()}
    if goal.person_id is not None or goal.depth >= MOST_DEPTH:
        raise Refused(_("请在本单位的目标里交给成员。"))
    if person.unit_id != goal.unit_id or person.left_on is not None:
        found["person"] = _("%(name)s 不在这个单位,请换一位。") % {"name": person.name}
    if not today() <= due <= last_day(plan.last_month):
        found["due"] = _("期限须在今天以后、计划的 %(last)s 之内。") % {"last": plan.last_month}
    if found:
        raise ValidationError(found)
    task = Goal(
        plan=plan, parent=goal, depth=goal.depth + 1, order=Goal.objects.filter(parent=goal).count(), dimension_id=goal.dimension_id,
        title=title.strip(), rule=Goal.Rule.MILESTONES, unit_id=goal.unit_id, person=person, degree=degree.strip(), basis=goal.basis,
    )  # fmt: skip
    task.save()
    MemberTerm.objects.create(goal=task, person=person, valid_from=today())
    node = Milestone(goal=task, text=task.degree[:200], due=due, share=Decimal(100))
    node.save()
    open_node(node, task, person)
    goal.save()
    record(by=by, verb="交给成员任务", obj=goal, area_id=plan.area_id, note=f"{person.name}:{task.title},{due} 前")
    ask_members(plan, [person], by=by)
    follow_plan(plan)
    return task


@action
def take_back_task(task: Goal, *, reason: str, by: Any, version: int | None = None) -> Goal:
    """Take a member's task back, with the reason; it stays readable in the station's history."""
    plan, task = lock_issued(task, by=by, version=version)
    refuse_while_written(plan)
    if task.person is None or task.is_part or task.withdrawn:
        raise Refused(_("这一项不是成员任务;按数分的请在「重新分到成员」里调整。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明收回的原因。")})
    for node in Milestone.objects.filter(goal=task, done_on=None):
        settle_tasks(node, result=_("已收回"), dropped=True)
    (person,) = give_up(plan, [task], by=by, reason=reason.strip())
    if task.parent is not None:
        record(by=by, verb="收回成员任务", obj=task.parent, area_id=plan.area_id, note=f"{person.name}:{task.title};{reason.strip()}")
    ask_members(plan, [person], by=by)
    follow_plan(plan)
    return task


@action
def pass_part(part: Goal, *, to: Person, note: str, by: Any, version: int | None = None) -> Goal:
    """Hand a member's share on whole, whenever in the month: what was done until yesterday stays in the giver's name."""
    lock_row(part.plan)
    part = lock_row(part, version=version)
    require(may_share_out, by, part)
    if not note.strip():
        raise ValidationError({"note": _("请写明移交的原因。")})
    if to.unit_id != part.unit_id or to.left_on is not None:
        raise ValidationError({"to": _("%(name)s 不在这个单位,请换一位。") % {"name": to.name}})
    refused = give_part(part, to, by=by, note=note.strip())
    if refused:
        raise ValidationError({"to": refused})
    return part


def give_part(part: Goal, to: Person, *, by: Any, note: str) -> str:
    """Let another person deliver a locked member's goal; returns why that can't be. Part of the caller's action."""
    plan, giver = part.plan, part.person
    if plan.state != GoalPlan.State.ISSUED or giver is None or part.withdrawn:
        return _("已不由本人落实")
    if giver.pk == to.pk:
        return _("现在就由 %(name)s 落实") % {"name": to.name}
    if part.is_part and Goal.objects.standing().filter(parent=part.parent_id, person=to, indicator__isnull=False).exists():
        return _("%(name)s在这项目标里已有一份,请班站长重新分配") % {"name": to.name}
    if not MemberTerm.objects.filter(goal=part).exists():
        MemberTerm.objects.create(goal=part, person=giver, valid_from=min(timezone.localdate(part.created_at), today()))
    end_term(part)
    MemberTerm.objects.create(goal=part, person=to, valid_from=today(), note=note[:300])
    part.person = to
    part.save()
    record(by=by, verb="移交目标", obj=part, area_id=plan.area_id, note=note, changes={"person": [giver.name, to.name]})
    hand_milestones(part, giver, to)
    ask_members(plan, [giver, to], by=by)
    return ""


def hand_milestones(part: Goal, giver: Person, to: Person) -> None:
    """What is still to be reached waits for the new person."""
    for row in Milestone.objects.filter(goal=part, done_on=None):
        if settle_tasks(row, owner=giver, result=_("移交 %(name)s") % {"name": to.name}, dropped=True):
            open_node(row, part, to)


def open_node(node: Milestone, task: Goal, person: Person) -> None:
    """Put a milestone of a member's task on the member's list."""
    title, path = f"{task.title}:{node.text}", find_link("goals.goal", task.pk)
    open_tasks(node, kind=NODE, owners=[person], title=title, path=path, due=node.due, area_id=task.area_id, unit_id=task.unit_id)
