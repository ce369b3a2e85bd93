"""What is done under a version of a plan while the next one is being written goes with it: nothing is entered twice, nothing is lost."""

from ronghe.goals.models import Goal, GoalPlan, MemberTerm, Milestone, Tally


def carry_on(plan: GoalPlan) -> None:
    """Take over milestones that were reached, what members did, and shares that were handed on since the version was begun.

    Part of the action that issues it; six reads, and a write for each row that changed meanwhile.
    """
    copies = dict(plan.goals.standing().filter(origin__isnull=False).values_list("origin_id", "pk"))
    origins = plan.goals.standing().filter(origin__isnull=False).values("origin_id")
    waiting = {(row.goal_id, row.text, row.due): row for row in Milestone.objects.filter(goal__plan=plan, done_on=None)}
    for row in Milestone.objects.filter(goal__in=origins, done_on__isnull=False):
        twin = waiting.get((copies[row.goal_id], row.text, row.due))
        if twin is not None:
            twin.done_on, twin.done_by_id, twin.result = row.done_on, row.done_by_id, row.result
            twin.save()
    kept = {(row.goal_id, row.person_id, row.month): row for row in Tally.objects.filter(goal__plan=plan)}
    for done in Tally.objects.filter(goal__in=origins):
        known = kept.get((copies[done.goal_id], done.person_id, done.month))
        if known is None:
            Tally.objects.create(
                goal_id=copies[done.goal_id], person_id=done.person_id, month=done.month, value=done.value, filed_by_id=done.filed_by_id
            )
        elif known.value != done.value:
            known.value, known.filed_by_id = done.value, done.filed_by_id
            known.save()
    people = dict(plan.goals.standing().filter(person__isnull=False).values_list("pk", "person_id"))
    for before in Goal.objects.filter(pk__in=origins, person__isnull=False):
        pk = copies[before.pk]
        if pk in people and people[pk] != before.person_id:
            pass_copy(Goal.objects.get(pk=pk), before)


def pass_copy(copy: Goal, before: Goal) -> None:
    """Let a copy be delivered by whom its original was handed to."""
    copy.person_id = before.person_id
    copy.save()
    known = set(MemberTerm.objects.filter(goal=copy).values_list("person_id", "valid_from"))
    for term in MemberTerm.objects.filter(goal=before):
        if (term.person_id, term.valid_from) in known:
            MemberTerm.objects.filter(goal=copy, person_id=term.person_id, valid_from=term.valid_from).update(valid_to=term.valid_to)
        else:
            MemberTerm.objects.create(
                goal=copy, person_id=term.person_id, valid_from=term.valid_from, valid_to=term.valid_to, note=term.note
            )
