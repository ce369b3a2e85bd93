"""What every action leans on: who acts, the lock of a matter, opening what comes next, ending a matter."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.actions import Refused, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.decisions.models import Assignment, DecisionList, Matter, NumberRange, Outcome, Step
from ronghe.decisions.rules import KIND_OF, find_bar_to_step, find_next, make_number
from ronghe.meetings.actions.agenda import drop_items, is_in_room
from ronghe.meetings.models import Assignment as MeetingAssignment
from ronghe.meetings.models import Kind
from ronghe.meetings.queries.belonging import list_presiders
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK = "议事决策"
FOLLOW_TASK = "决议执行"
CURE_TASK = "叫停纠正"
RECONSIDER_TASK = "叫停复议"
RESUME_TASK = "恢复办理"
LIVE_STEPS = (Step.State.WAITING, Step.State.OPEN, Step.State.URGENT)


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one: each step has a name."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理决策事项。"))
    person: Person = by.person
    return person


def path_of(matter: Matter) -> str:
    """Return the address of the matter's page: what tasks and messages open."""
    return reverse("decisions:matter", args=[matter.pk])


def lock_matter(matter: Matter, *, version: int | None = None) -> Matter:
    """Return the matter locked: every change of it or of a part of it begins here."""
    return lock_row(matter, version=version)


def lock_step(step: Step, *, version: int | None = None) -> tuple[Matter, Step]:
    """Return the step and its matter, both locked."""
    matter = lock_matter(step.matter)
    step = lock_row(step, version=version)
    step.matter = matter
    return matter, step


def require_not_in_room(step: Step) -> None:
    """Raise Refused while a meeting is about to resolve on a step: what is decided there is not taken out of its hands."""
    if step.is_meeting and is_in_room(step):
        raise Refused(_("会议正在审议“%(step)s”,等会议形成结果或暂缓后再办。") % {"step": name_step(step)})


def find_presiders(step: Step) -> list[Person]:
    """Return who presides over the meeting that a step waits for."""
    area = step.matter.area
    kind = Kind.objects.on(today()).filter(area=area, code=KIND_OF[step.body]).first()
    return list_presiders(kind, area, today())[:1] if kind else []


def list_follow(matter: Matter) -> QuerySet[MeetingAssignment]:
    """Return what meetings assigned after resolving on a matter and nobody has reported as done."""
    items = Outcome.objects.filter(matter=matter, item__isnull=False).values("item")
    return MeetingAssignment.objects.filter(item_id__in=items, done_on=None).select_related("owner", "item")


def require_open(matter: Matter, step: Step) -> None:
    """Raise Refused unless the gate is open for this step. There is no way around this for anybody."""
    before = Step.objects.filter(matter=matter, place__lt=step.place).values_list("state", flat=True)
    bar = find_bar_to_step(step.kind, state=step.state, matter=matter.state, before=before)
    if bar:
        raise Refused(bar)


def find_list(area_id: int, day: date | None = None) -> DecisionList:
    """Return the version of the list in force. Raises Refused where the area has none."""
    found = DecisionList.objects.on(day or today()).filter(area_id=area_id).first()
    if found is None:
        raise Refused(_("本管理区还没有发布决策事项清单。"))
    return found


def find_holder(post: str, matter: Matter) -> Person:
    """Return who does a step: the matter's owner, or who holds the post today; a vacant post leaves it to the matter's owner."""
    if post == "owner":
        return matter.owner
    return choose_person([(post,)], matter.area_id) or matter.owner


def choose_person(groups: Iterable[tuple[str, ...]], area_id: int, but: Iterable[int | None] = ()) -> Person | None:
    """Return the first who holds a post of the first group, else of the next, and can be charged; none of `but`."""
    able = list_takers(area_id).exclude(pk__in=[pk for pk in but if pk is not None])
    for kinds in groups:
        found = able.filter(pk__in=list_holders(kinds, area_id=area_id, day=today()).values("pk")).order_by("pk").first()
        if found is not None:
            return found
    return None


def take_number(area: Unit, *, exception: bool = False) -> str:
    """Return the next number; its lock lets one matter be registered after the other."""
    numbers = lock_numbers(area)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return make_number(numbers.year, numbers.last, exception=exception)


def lock_numbers(area: Unit) -> NumberRange:
    year = today().year
    NumberRange.objects.get_or_create(area=area, year=year)
    return NumberRange.objects.select_for_update().get(area=area, year=year)


def open_next(matter: Matter, *, by: Any) -> Step | None:
    """Open the step that comes next, or close the matter where all have passed. The matter is locked by the caller."""
    steps = list(Step.objects.filter(matter=matter).select_related("owner").order_by("place"))
    place = find_next([(step.kind, step.state) for step in steps])
    if place is None:
        matter.close()
        end_matter(matter, note=_("全部步骤完成"), by=by)
        record(by=by, verb="闭环", obj=matter, area_id=matter.area_id)
        return None
    step = steps[place]
    step.matter = matter
    step.open()
    step.opened_on, step.due = today(), add_working_days(today(), step.days)
    step.save()
    hold(matter, step.owner, step.due)
    matter.save()
    expect_step(step)
    tell([step.owner], matter, _("“%(step)s”请您办理:%(title)s(%(due)s 前)") % {
        "step": name_step(step), "title": matter.title, "due": step.due}, by=by)  # fmt: skip
    return step


def name_step(step: Step) -> str:
    """Return the step as the area calls it."""
    if step.kind == "front":
        return step.matter.edition.front_label
    if step.kind == "decide":
        return str(step.matter.get_decided_by_display()) + "决策"
    return str(step.get_kind_display())


def hold(matter: Matter, person: Person | None, due: date | None) -> None:
    """Name who has the next step and until when. Not saved."""
    matter.holder, matter.step_due = person, due


def expect_step(step: Step) -> None:
    """Open the task of an open step."""
    matter = step.matter
    open_tasks(
        step, kind=TASK, owners=[step.owner], title=f"{name_step(step)}:{matter.title}", path=path_of(matter), due=step.due,
        area_id=matter.area_id, unit_id=matter.unit_id,
    )  # fmt: skip


def give_step(matter: Matter, step: Step, to: Person) -> None:
    """Give a step to another person, with what is due of it. The caller has both locked and says why on record."""
    step.owner = to
    step.save()
    if step.state == Step.State.OPEN and matter.state == Matter.State.RUNNING:
        settle_tasks(step, result=f"改由{to.name}办理", dropped=True)
        expect_step(step)
        hold(matter, to, step.due)
        matter.save()


def expect_assignment(row: Assignment) -> None:
    """Open the task of what is carried out."""
    matter = row.matter
    open_tasks(
        row, kind=FOLLOW_TASK, owners=[row.owner], title=f"决议执行:{row.text}", path=path_of(matter), due=row.due,
        area_id=matter.area_id, unit_id=matter.unit_id,
    )  # fmt: skip


def end_matter(matter: Matter, *, note: str, by: Any) -> None:
    """Leave nothing open of a matter that has ended: the caller has taken its transition."""
    for step in Step.objects.filter(matter=matter, state__in=LIVE_STEPS):
        drop_items(step, note=note[:200], by=by)
        step.void()
        step.save()
        settle_tasks(step, result=note, dropped=True)
    for stop in matter.stops.exclude(state__in=("resumed", "ended")):
        stop.end()
        stop.save()
        settle_tasks(stop, result=note, dropped=True)
    for row in matter.assignments.filter(done_on=None):
        settle_tasks(row, result=note, dropped=True)
    matter.ended_on, matter.end_note = today(), note[:400]
    hold(matter, None, None)
    matter.save()
    if matter.origin_type is not None:
        registry.tell_ending(f"{matter.origin_type.app_label}.{matter.origin_type.model}", matter.origin_id)


def tell(people: Iterable[Person], matter: Matter, title: str, *, by: Any) -> None:
    """Leave a message with each person but the one who acts."""
    me = standing_of(by).person_id
    others = {person.pk: person for person in people if person.pk != me}
    notify(others.values(), kind="议事决策", title=title, path=path_of(matter), area_id=matter.area_id, by=by)
