"""A plan's way (M1): drafted → discussed → approved by a meeting → issued → accepted; a change in the year is a new version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link
from ronghe.goals.actions.carry import carry_on
from ronghe.goals.models import (
    Acceptance,
    Dimension,
    Goal,
    GoalMonth,
    GoalPlan,
    MemberTerm,
    Milestone,
    PlanPart,
    Tally,
    Target,
)
from ronghe.goals.models.plans import DIMENSIONS
from ronghe.goals.permissions import may_approve_plan, may_issue_plan, may_plan
from ronghe.goals.queries.checks import digest_goals, list_owners, list_problems
from ronghe.goals.rules import is_month
from ronghe.goals.rules.curve import list_months
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.worklist.actions import open_tasks, settle_tasks
from ronghe.worklist.models import Task

ACCEPT = "目标认领"
NODE = "目标节点"
DAYS_TO_ACCEPT = 3
MOST_MONTHS = 36
COPIED = (
    "order", "dimension_id", "title", "indicator_id", "value", "weight", "mean_weight", "rule", "spare", "spare_value", "spare_reason",
    "coordinator_id", "unit_id", "person_id", "degree", "basis", "curve", "depth",
)  # fmt: skip


@action
def draft_plan(area: Unit, *, title: str, first_month: str, last_month: str, basis: str, by: Any) -> GoalPlan:
    """Begin a plan of a year or a phase, with the area's dimensions and the six parts of 六同步 to be filled."""
    require(may_plan, by, area)
    check_months(first_month, last_month)
    plan = GoalPlan(
        area=area,
        title=title.strip(),
        first_month=first_month,
        last_month=last_month,
        takes_effect=first_month,
        basis=basis.strip(),
        author=by,
    )
    plan.save()
    make_dimensions(area)
    PlanPart.objects.bulk_create([PlanPart(plan=plan, kind=kind, version=1) for kind in PlanPart.Kind.values])
    record(by=by, verb="起草目标计划", obj=plan, area_id=area.pk, note=f"{first_month} 至 {last_month}")
    return plan


def check_months(first: str, last: str) -> None:
    """Raise ValidationError at the field for months that make no phase."""
    for name, month in (("first_month", first), ("last_month", last)):
        if not is_month(month):
            raise ValidationError({name: _("月份应写作 2026-10 这样的形式。")})
    if last < first:
        raise ValidationError({"last_month": _("止月不能早于起月。")})
    if len(list_months(first, last)) > MOST_MONTHS:
        raise ValidationError({"last_month": _("一个计划最长 %(n)d 个月。") % {"n": MOST_MONTHS}})


def make_dimensions(area: Unit) -> None:
    """See that an area has dimensions to sort goals by; what it edited stays."""
    if not Dimension.objects.filter(area=area).exists():
        Dimension.objects.bulk_create(
            [Dimension(area=area, name=name, side=side, order=n, version=1) for n, (name, side) in enumerate(DIMENSIONS)]
        )


@action
def copy_plan(plan: GoalPlan, *, title: str, first_month: str, last_month: str, by: Any) -> GoalPlan:
    """Begin a plan with the goals of an earlier one (last year's) as a start: months drawn anew, milestones on the same days of the new year."""
    require(may_plan, by, plan)
    check_months(first_month, last_month)
    made = GoalPlan(
        area=plan.area,
        title=title.strip(),
        first_month=first_month,
        last_month=last_month,
        takes_effect=first_month,
        basis=plan.basis,
        author=by,
    )
    made.save()
    copy_parts(plan, made)
    copies = copy_goals(plan, made, whole=False)
    draw_copies(made, copies.values())
    copy_milestones(plan, made, copies)
    record(by=by, verb="起草目标计划", obj=made, area_id=made.area_id, note=_("以 %(plan)s 为底稿") % {"plan": plan})
    return made


@action
def revise_plan(plan: GoalPlan, *, takes_effect: str, reason: str, by: Any) -> GoalPlan:
    """Begin a new version of an issued plan: the months before `takes_effect` keep their targets and scores (M1)."""
    plan = lock_row(plan)
    require(may_plan, by, plan)
    if plan.state != GoalPlan.State.ISSUED:
        raise Refused(_("只有已下达的计划需要调整;没有下达的直接修改即可。"))
    if takes_effect not in plan.months:
        raise ValidationError(
            {"takes_effect": _("须在计划的 %(first)s 至 %(last)s 之内。") % {"first": plan.first_month, "last": plan.last_month}}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("请写明调整原因。")})
    if GoalPlan.objects.filter(previous=plan).exclude(state=GoalPlan.State.DROPPED).exists():
        raise Refused(_("这个计划的新版已在起草,请在那里修改。"))
    GoalPlan.objects.filter(previous=plan).update(previous=None)
    made = GoalPlan(
        area=plan.area, title=plan.title, first_month=plan.first_month, last_month=plan.last_month, number=plan.number + 1, previous=plan,
        takes_effect=takes_effect, reason=reason.strip(), basis=plan.basis, author=by,
    )  # fmt: skip
    made.save()
    copy_parts(plan, made)
    copy_goals(plan, made, whole=True)
    record(by=by, verb="调整目标计划", obj=made, area_id=made.area_id, note=made.reason, changes={"takes_effect": [None, takes_effect]})
    return made


def copy_parts(plan: GoalPlan, made: GoalPlan) -> None:
    PlanPart.objects.bulk_create(
        [PlanPart(plan=made, kind=row.kind, text=row.text, empty_reason=row.empty_reason, version=1) for row in plan.parts.all()]
    )


def draw_copies(plan: GoalPlan, goals: Iterable[Goal]) -> None:
    """Draw the months of copied goals. A curve that was typed by hand was for another year: it begins level."""
    from ronghe.goals.actions.cascade import draw_months  # noqa: PLC0415  (cascade writes under this module's lock)

    typed = [goal for goal in goals if goal.curve == Goal.Curve.HAND]
    for goal in typed:
        goal.curve = Goal.Curve.EQUAL
    Goal.objects.bulk_update(typed, ["curve"], batch_size=500)
    draw_months(plan, goals)


def copy_milestones(plan: GoalPlan, made: GoalPlan, copies: Mapping[int, Goal]) -> None:
    """Copy the milestones as still to be reached, as many years later as the plan begins; what falls outside its months is left out."""
    years = int(made.first_month[:4]) - int(plan.first_month[:4])
    rows = []
    for row in Milestone.objects.filter(goal__in=copies):
        due = row.due + relativedelta(years=years)
        if made.first_month <= f"{due:%Y-%m}" <= made.last_month:
            rows.append(Milestone(goal=copies[row.goal_id], text=row.text, due=due, share=row.share, version=1))
    Milestone.objects.bulk_create(rows, batch_size=1000)


def copy_goals(plan: GoalPlan, made: GoalPlan, *, whole: bool) -> dict[int, Goal]:
    """Copy the tree level by level, one bulk insert a level; `whole`: with curves, milestones and what members did, as for a new version.

    Last year's parts of members are no start for a new year: stations share their goals out when they have them.
    """
    rows = plan.goals.standing() if whole else plan.goals.standing().exclude(person__isnull=False, indicator__isnull=False)
    goals = list(rows.order_by("depth", "order", "pk"))
    copies: dict[int, Goal] = {}
    for depth in sorted({goal.depth for goal in goals}):
        level = [goal for goal in goals if goal.depth == depth]
        fresh = [
            Goal(
                plan=made,
                parent=copies[goal.parent_id] if goal.parent_id else None,
                origin=goal if whole else None,
                version=1,
                **{name: getattr(goal, name) for name in COPIED},
            )
            for goal in level
        ]
        Goal.objects.bulk_create(fresh, batch_size=500)
        copies.update({goal.pk: copy for goal, copy in zip(level, fresh, strict=True)})
    if not whole:
        return copies
    GoalMonth.objects.bulk_create(
        [GoalMonth(goal=copies[row.goal_id], month=row.month, value=row.value) for row in GoalMonth.objects.filter(goal__in=copies)],
        batch_size=1000,
    )
    Milestone.objects.bulk_create(
        [
            Milestone(
                goal=copies[row.goal_id], text=row.text, due=row.due, share=row.share, done_on=row.done_on, done_by_id=row.done_by_id,
                result=row.result, version=1,
            )
            for row in Milestone.objects.filter(goal__in=copies)
        ]
    )  # fmt: skip
    MemberTerm.objects.bulk_create(
        [
            MemberTerm(goal=copies[row.goal_id], person_id=row.person_id, valid_from=row.valid_from, valid_to=row.valid_to, note=row.note)
            for row in MemberTerm.objects.filter(goal__in=copies)
        ]
    )
    Tally.objects.bulk_create(
        [
            Tally(
                goal=copies[row.goal_id],
                person_id=row.person_id,
                month=row.month,
                value=row.value,
                filed_by_id=row.filed_by_id,
                version=1,
            )
            for row in Tally.objects.filter(goal__in=copies)
        ]
    )
    return copies


@action
def save_parts(plan: GoalPlan, parts: Mapping[str, tuple[str, str]], *, by: Any, version: int | None = None) -> GoalPlan:
    """Write 六同步 (M18): kind → (what is arranged, why nothing is). A part may stay open until the plan is issued."""
    plan = lock_row(plan, version=version)
    require(may_plan, by, plan)
    require_editable(plan)
    changes: dict[str, Any] = {}
    for row in plan.parts.select_for_update():
        text, reason = (part.strip() for part in parts.get(row.kind, (row.text, row.empty_reason)))
        found = diff(row, {"text": text, "empty_reason": "" if text else reason})
        if found:
            row.text, row.empty_reason = text, "" if text else reason
            row.save()
            changes[str(row.get_kind_display())] = [None, text or reason]
    if changes:
        plan.save()
        record(by=by, verb="填写六同步", obj=plan, area_id=plan.area_id, changes=changes)
    return plan


def require_editable(plan: GoalPlan) -> None:
    """Raise Refused for a plan that is approved or issued."""
    if not plan.is_editable:
        raise Refused(_("计划已%(state)s,不能再改。要改请退回起草,或调整为新版。") % {"state": plan.get_state_display()})


@action
def discuss_plan(plan: GoalPlan, *, on: date, note: str, by: Any) -> GoalPlan:
    """Write that the plan was discussed with those who are to deliver, and what came of it."""
    plan = lock_row(plan)
    require(may_plan, by, plan)
    if on > today():
        raise ValidationError({"on": _("讨论日期不能晚于今天。")})
    if not note.strip():
        raise ValidationError({"note": _("请写明和谁讨论、有什么意见、怎样采纳。")})
    plan.discuss()
    plan.discussed_on, plan.discussion = on, note.strip()
    plan.save()
    record(by=by, verb="讨论目标计划", obj=plan, area_id=plan.area_id, note=plan.discussion)
    return plan


@action
def approve_plan(plan: GoalPlan, *, meeting: str, meeting_on: date, by: Any) -> GoalPlan:
    """Write that a meeting approved the plan. Never its author alone; refused while it does not reconcile."""
    plan = lock_row(plan)
    require(may_approve_plan, by, plan)
    if not meeting.strip():
        raise ValidationError({"meeting": _("请写明由哪次会议批准。")})
    if meeting_on > today():
        raise ValidationError({"meeting_on": _("会议日期不能晚于今天。")})
    if plan.discussed_on and meeting_on < plan.discussed_on:
        raise ValidationError({"meeting_on": _("批准不能早于讨论(%(day)s)。") % {"day": plan.discussed_on}})
    refuse_problems(plan)
    plan.approve()
    plan.meeting, plan.meeting_on, plan.approved_by = meeting.strip(), meeting_on, by
    plan.save()
    record(by=by, verb="批准目标计划", obj=plan, area_id=plan.area_id, note=f"{plan.meeting} {meeting_on}")
    return plan


def take_approval(plan: GoalPlan, *, meeting: str, on: date, by: Any) -> GoalPlan:
    """Take over that a meeting approved the plan, from its record. Part of the caller's action: the meeting has decided, nobody alone."""
    plan = lock_row(plan)
    refuse_problems(plan)
    plan.approve()
    plan.meeting, plan.meeting_on, plan.approved_by = meeting, on, by
    plan.save()
    record(by=by, verb="批准目标计划", obj=plan, area_id=plan.area_id, note=f"{meeting} {on};由会议记录带入")
    return plan


def refuse_problems(plan: GoalPlan) -> None:
    """Raise Refused with what keeps a plan from being approved or issued."""
    problems = list_problems(plan)
    if problems:
        more = _(";另有 %(n)d 处") % {"n": len(problems) - 5} if len(problems) > 5 else ""
        raise Refused(_("还不能办理:%(problems)s%(more)s") % {"problems": ";".join(one.text for one in problems[:5]), "more": more})


@action
def return_plan(plan: GoalPlan, *, reason: str, by: Any) -> GoalPlan:
    """Send a plan back to be redrafted, with the reason."""
    plan = lock_row(plan)
    require(may_plan, by, plan)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明退回原因。")})
    plan.send_back()
    plan.save()
    record(by=by, verb="退回目标计划", obj=plan, area_id=plan.area_id, note=reason.strip())
    return plan


@action
def drop_plan(plan: GoalPlan, *, reason: str, by: Any) -> GoalPlan:
    """Give up a plan that was not issued. It stays readable."""
    plan = lock_row(plan)
    require(may_plan, by, plan)
    plan.drop()
    plan.save()
    record(by=by, verb="作废目标计划", obj=plan, area_id=plan.area_id, note=reason.strip())
    return plan


@action
def issue_plan(plan: GoalPlan, *, by: Any) -> GoalPlan:
    """Issue an approved plan: monthly targets stand from its first effective month, the version before steps back, owners are asked."""
    plan = lock_row(plan)
    require(may_issue_plan, by, plan)
    refuse_problems(plan)
    plan.issue()
    plan.issued_at, plan.issued_by = now(), by
    plan.save()
    if plan.previous is not None:
        before = lock_row(plan.previous)
        carry_on(plan)
        before.replace()
        before.save()
        settle_tasks(before, kind=ACCEPT, result=_("已有新版"), dropped=True)
        drop_milestone_tasks(before)
    written = write_targets(plan)
    entry = record(by=by, verb="下达目标计划", obj=plan, area_id=plan.area_id, note=_("写入 %(n)d 个月度目标") % {"n": written})
    write_checkpoint(entry.chain)
    ask_owners(plan, by=by)
    open_milestone_tasks(plan)
    return plan


def write_targets(plan: GoalPlan) -> int:
    """Write the monthly targets of the goals that a unit delivers by an indicator; months before the plan takes effect stay as they are.

    Two reads and two bulk writes, whatever the size. Returns how many months were written.
    """
    months = GoalMonth.objects.filter(
        goal__plan=plan, goal__withdrawn=False, goal__unit__isnull=False, goal__indicator__isnull=False, goal__person=None,
        month__gte=plan.takes_effect,
    ).exclude(goal__unit_id=plan.area_id)  # fmt: skip
    wanted = {
        (unit, indicator, month): value
        for unit, indicator, month, value in months.values_list("goal__unit_id", "goal__indicator_id", "month", "value")
    }
    saved = {
        (row.unit_id, row.indicator_id, row.period): row
        for row in Target.objects.select_for_update().filter(area=plan.area_id, period__gte=plan.takes_effect, period__lte=plan.last_month)
    }
    changed = []
    for key, value in wanted.items():
        row = saved.get(key)
        if row is not None and row.value != value:
            row.value, row.version = value, row.version + 1
            changed.append(row)
    fresh = [
        Target(area_id=plan.area_id, unit_id=unit, indicator_id=indicator, period=month, value=value, version=1)
        for (unit, indicator, month), value in wanted.items()
        if (unit, indicator, month) not in saved
    ]
    Target.objects.bulk_update(changed, ["value", "version"], batch_size=500)
    Target.objects.bulk_create(fresh, batch_size=1000)
    return len(changed) + len(fresh)


def ask_owners(plan: GoalPlan, *, by: Any) -> None:
    """Ask everybody who answers for a goal of the plan to accept it."""
    owners = list_owners(plan)
    Acceptance.objects.bulk_create(
        [
            Acceptance(
                plan=plan,
                person=person,
                goals=len(goals),
                digest=digest_goals(goals),
                by_unit=all(goal.is_part for goal in goals),
                version=1,
            )
            for person, goals in owners
        ]
    )
    people = [person for person, _goals in owners]
    path, title = find_link("goals.goalplan", plan.pk), _("请认领目标:%(plan)s") % {"plan": plan}
    due = add_working_days(today(), DAYS_TO_ACCEPT)
    open_tasks(plan, kind=ACCEPT, owners=people, title=title, path=path, due=due, area_id=plan.area_id)
    notify(people, kind=ACCEPT, title=title, path=path, area_id=plan.area_id, by=by)


def open_milestone_tasks(plan: GoalPlan) -> None:
    """Put each milestone on the list of whoever reaches it: the member whose task it is, else who leads the unit, else who coordinates."""
    owners: dict[int, list[Person]] = {}
    leaders: dict[int, list[Person]] = {}
    for person, goals in list_owners(plan):
        for goal in goals:
            owners.setdefault(goal.pk, []).append(person)
            if goal.person_id == person.pk or (goal.unit_id and goal.unit_id == person.unit_id):
                leaders.setdefault(goal.pk, []).append(person)
    waiting = Milestone.objects.filter(goal__plan=plan, goal__withdrawn=False, done_on=None).select_related("goal__unit")
    for row in waiting:
        people = leaders.get(row.goal_id) or owners.get(row.goal_id, [])
        title = f"{row.goal.title}:{row.text}"
        open_tasks(
            row, kind=NODE, owners=people, title=title, path=find_link("goals.goal", row.goal_id), due=row.due, area_id=plan.area_id,
            unit_id=row.goal.unit_id,
        )  # fmt: skip


def drop_milestone_tasks(plan: GoalPlan) -> None:
    """Take the milestones of a version that has stepped back off the lists. One query."""
    kind = ContentType.objects.get_for_model(Milestone)
    nodes = Milestone.objects.filter(goal__plan=plan).values("pk")
    Task.objects.open().filter(kind=NODE, origin_type=kind, origin_id__in=nodes).update(
        state=Task.State.DROPPED, result=_("已有新版"), settled_at=now(), version=F("version") + 1
    )


@action
def accept_goals(plan: GoalPlan, *, by: Any, note: str = "") -> Acceptance:
    """Accept one's goals of an issued plan: an entry that counts as a signature, over a digest of what is accepted."""
    plan = lock_row(plan)
    row = Acceptance.objects.select_for_update().filter(plan=plan, person__user=by).select_related("person").first()
    if row is None:
        require(lambda _user, _obj: False, by, plan)
    assert row is not None
    if plan.state != GoalPlan.State.ISSUED:
        raise Refused(_("这个计划已%(state)s,不再认领。") % {"state": plan.get_state_display()})
    if row.at is not None:
        raise Refused(_("您已在 %(day)s 认领。") % {"day": f"{row.at:%Y-%m-%d}"})
    row.at, row.note = now(), note.strip()
    row.save()
    entry = record(
        by=by, verb="认领目标", obj=plan, area_id=plan.area_id, note=f"{row.goals} 项,摘要 {row.digest[:16]};{row.note}".rstrip(";")
    )
    write_checkpoint(entry.chain)
    settle_tasks(plan, kind=ACCEPT, owner=row.person, result=_("已认领"))
    return row


@action
def save_dimensions(area: Unit, rows: Iterable[tuple[int | None, str, str]], *, by: Any) -> None:
    """Write the area's dimensions in their order: (id or None for a new one, name, party or business)."""
    require(may_plan, by, area)
    known = {row.pk: row for row in Dimension.objects.select_for_update().filter(area=area)}
    names: list[str] = []
    for order, (pk, name, side) in enumerate(rows):
        name = name.strip()
        if not name:
            raise ValidationError(_("维度要有名称。"))
        if name in names:
            raise ValidationError(_("维度「%(name)s」重复。") % {"name": name})
        names.append(name)
        row = known.get(pk or 0) or Dimension(area=area)
        row.name, row.side, row.order = name, side, order
        row.save()
    record(by=by, verb="设定目标维度", obj=area, area_id=area.pk, name=f"{area.name} 目标维度", note="、".join(names))
