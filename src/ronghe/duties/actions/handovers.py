"""交接 and AB 岗: all that a person holds goes to its receivers in one transaction; at the end of an absence it comes back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.duties.actions.findings import refresh_findings
from ronghe.duties.models import Handover, HandoverLine, StandingDeputy
from ronghe.duties.permissions import may_edit_matrix, may_hand_over, may_move_away
from ronghe.duties.queries.handovers import HeldLine, list_everything
from ronghe.notices.actions import notify
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Person, Post
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

SIGN = "交接签字"
DAYS_TO_SIGN = 2


@action
def hand_over(
    giver: Person, *, receiver: Person, kind: str, starts_on: date, ends_on: date | None, note: str, by: Any,
    wishes: Mapping[str, Person] | None = None,
) -> Handover:  # fmt: skip
    """Hand over all that somebody holds: to those named row by row (`wishes`), the rest to the receiver. A later day waits for its tick."""
    giver = lock_row(giver)
    require(may_move_away if kind == Handover.Kind.MOVE else may_hand_over, by, giver)
    check_plan(giver, receiver, kind=kind, starts_on=starts_on, ends_on=ends_on, note=note, wishes=wishes or {})
    row = Handover.objects.create(
        area_id=giver.area_id or 0, giver=giver, receiver=receiver, kind=kind, starts_on=starts_on,
        ends_on=ends_on if kind == Handover.Kind.ABSENCE else None, note=note.strip(),
        wishes={name: person.pk for name, person in (wishes or {}).items()},
    )  # fmt: skip
    record(by=by, verb="办理交接", obj=row, area_id=row.area_id, note=f"{giver.name} → {receiver.name},自 {starts_on} 起;{note.strip()}")
    if starts_on <= today():
        carry_out(row, by=by)
    return Handover.objects.get(pk=row.pk)


def check_plan(
    giver: Person, receiver: Person, *, kind: str, starts_on: date, ends_on: date | None, note: str, wishes: Mapping[str, Person]
) -> None:
    """Raise ValidationError at the field of what does not fit."""
    problems = {}
    if kind not in Handover.Kind.values:
        problems["kind"] = _("请选择类别。")
    if kind == Handover.Kind.ABSENCE and (ends_on is None or ends_on < starts_on):
        problems["ends_on"] = _("离岗须写明到哪天,且不早于开始日期。")
    if kind == Handover.Kind.ABSENCE and ends_on is not None and ends_on < today():
        problems["ends_on"] = _("这段时间已经过去。")
    if starts_on < today():
        problems["starts_on"] = _("交接从今天或以后开始。")
    if not note.strip():
        problems["note"] = _("请写明原因。")
    for person in {receiver, *wishes.values()}:
        if person == giver:
            problems["receiver"] = _("不能交给本人。")
        elif person.area_id != giver.area_id or person.left_on is not None or person.user is None or not person.user.is_active:
            problems["receiver"] = _("%(name)s 不在本管理区或没有账号,请换一位。") % {"name": person.name}
        elif is_away(person):
            problems["receiver"] = _("%(name)s 正在离岗,请换一位。") % {"name": person.name}
    if Handover.objects.filter(giver=giver, kind=Handover.Kind.ABSENCE, state__in=["planned", "running"]).exists():
        problems["kind"] = _("%(name)s 已有没有结束的离岗交接。") % {"name": giver.name}
    if problems:
        raise ValidationError(problems)


def is_away(person: Person) -> bool:
    return Handover.objects.filter(giver=person, kind=Handover.Kind.ABSENCE, state=Handover.State.RUNNING).exists()


def carry_out(row: Handover, *, by: Any) -> None:
    """Let everything go to its receiver and ask both sides for their signature. Part of the caller's action."""
    row.start()
    row.save()
    pass_all(row, by=by)
    people = {row.giver, row.receiver, *(line.receiver for line in row.lines.all() if line.receiver)}
    path = reverse("duties:handover", args=[row.pk])
    title = _("请签字:%(name)s的交接") % {"name": row.giver.name}
    signers = [person for person in people if person.user_id and person.left_on is None]
    due = add_working_days(today(), DAYS_TO_SIGN)
    open_tasks(row, kind=SIGN, owners=signers, title=title, path=path, due=due, area_id=row.area_id, unit_id=row.giver.unit_id)
    notify(signers, kind="交接", title=title, path=path, area_id=row.area_id, by=by)
    refresh_findings(row.area_id, by=by)


def pass_all(row: Handover, *, by: Any) -> int:
    """Pass on what the giver holds now: the named rows to theirs, the rest to the receiver. Returns how many went."""
    wished = {person.pk: person for person in Person.objects.filter(pk__in=row.wishes.values())}
    passed = 0
    for line in list_everything(row.giver_id):
        if line.registry == "worklist" and HandoverLine.objects.filter(handover=row, registry=line.registry, key=line.held.key).exists():
            continue
        wanted = wished.get(row.wishes.get(line.name, 0), row.receiver)
        passed += pass_one(row, line, wanted, by=by)
    return passed


def pass_one(row: Handover, line: HeldLine, wanted: Person, *, by: Any) -> int:
    """Pass one thing to the one who was named, else to the receiver; what neither may take stays, and the line says why."""
    holder = registry.holdings.get(line.registry)
    assert holder is not None
    why = ""
    for to in dict.fromkeys((wanted, row.receiver)):
        refused = give(holder, row, line, to, by=by)
        if not refused:
            add_line(row, line, to, why)
            return 1
        why = f"{to.name}:{refused}"[:300]
    if not HandoverLine.objects.filter(handover=row, registry=line.registry, key=line.held.key, receiver=None).exists():
        add_line(row, line, None, why)
    return 0


def give(holder: registry.Holder, row: Handover, line: HeldLine, to: Person, *, by: Any) -> str:
    """Let the context pass it on, all of it or nothing; returns why it can't."""
    try:
        with transaction.atomic():
            if line.registry == "duties":
                pass_post(row, int(line.held.key), to, by=by)
                return ""
            refused = holder.hand_over(line.held.key, row.giver, to, by, f"交接:{row.note}")
    except ValidationError as problem:
        return " ".join(problem.messages)
    return refused


def add_line(row: Handover, line: HeldLine, to: Person | None, why: str) -> None:
    HandoverLine.objects.create(
        handover=row, registry=line.registry, key=line.held.key, what=line.held.what[:40], title=line.held.title[:200],
        url=line.held.url[:300], receiver=to, refused=why, given_on=today(),
    )  # fmt: skip


def pass_post(row: Handover, post_id: int, to: Person, *, by: Any) -> None:
    """代理: the receiver acts in the post from the day on; for good, the giver's own appointment ends the day before."""
    post = Post.objects.select_for_update().get(pk=post_id)
    if post.kind in ADMINISTRATORS:
        raise Refused(_("管理员岗位由安全管理员任免。"))
    if standing_of(by).person_id == to.pk and by is not None and to.pk != row.giver_id and row.kind == Handover.Kind.MOVE:
        raise Refused(_("不能把别人的岗位交给自己。"))
    day = max(row.starts_on, today())
    if not Appointment.objects.on(day).filter(person=to, post=post).exists():
        Appointment.objects.create(person=to, post=post, valid_from=day, valid_to=row.ends_on, acting=True)
    record(by=by, verb="代理", obj=to, area_id=post.area_id, note=f"{post.title}({post.unit.name})自 {day} 至 {row.ends_on or '任命新人'}")
    if row.kind == Handover.Kind.MOVE:
        for held in Appointment.objects.on(day).filter(person=row.giver, post=post):
            held.valid_to = max(day - timedelta(days=1), held.valid_from)
            held.save()
            record(
                by=by, verb="免职", obj=row.giver, area_id=post.area_id, note=f"{post.title}({post.unit.name})至 {held.valid_to} 止,随交接"
            )


@action
def finish_handover(row: Handover, *, by: Any) -> Handover:
    """The giver is back, on the day or earlier: what is still open comes back, the acting ends. A second call changes nothing."""
    row = lock_row(row)
    if by is not None:
        require(may_hand_over, by, row.giver)
    if row.kind != Handover.Kind.ABSENCE or row.state != Handover.State.RUNNING:
        raise Refused(_("这份交接没有可以交回的。"))
    for line in (
        HandoverLine.objects.select_for_update().filter(handover=row, returned_on=None, receiver__isnull=False).select_related("receiver")
    ):
        if take_back(row, line, by=by):
            line.returned_on = today()
            line.save()
    row.ends_on = max(row.starts_on, min(row.ends_on or today(), today()))
    row.finish()
    row.save()
    settle_tasks(row, result="已交回", dropped=True)
    record(by=by, verb="交接交回", obj=row, area_id=row.area_id)
    refresh_findings(row.area_id, by=by)
    return row


def take_back(row: Handover, line: HandoverLine, *, by: Any) -> bool:
    """Bring one thing back to the giver, if its receiver still has it open."""
    assert line.receiver is not None
    if line.registry == "duties":
        for acting in Appointment.objects.on(today()).filter(
            person=line.receiver, post_id=int(line.key), acting=True, valid_from__gte=row.starts_on
        ):
            acting.valid_to = max(acting.valid_from, today() - timedelta(days=1))
            acting.save()
            record(by=by, verb="代理结束", obj=line.receiver, area_id=row.area_id, note=line.title)
        return True
    holder = registry.holdings.get(line.registry)
    if holder is None:
        return False
    try:
        with transaction.atomic():
            return not holder.hand_over(line.key, line.receiver, row.giver, by, f"交回:{row.note}")
    except ValidationError:
        return False


@action
def drop_handover(row: Handover, *, by: Any) -> Handover:
    """Call a handover off before its day."""
    row = lock_row(row)
    require(may_hand_over, by, row.giver)
    row.drop()
    row.save()
    record(by=by, verb="撤销交接", obj=row, area_id=row.area_id)
    return row


@action
def sign_handover(row: Handover, *, by: Any) -> None:
    """Sign as the one who gives or as one who receives: an entry of the audit with the number of rows it stands for."""
    row = lock_row(row)
    me = standing_of(by).person_id
    lines = HandoverLine.objects.select_for_update().filter(handover=row, receiver_id=me or 0, signed_at=None)
    gives = row.giver_id == me and row.signed_at is None
    receives = row.receiver_id == me or lines.exists()
    if row.state not in (Handover.State.RUNNING, Handover.State.RETURNED) or not (gives or receives):
        raise Refused(_("这份交接没有等您签字的。"))
    if gives:
        row.signed_at = now()
        row.save()
        verb, count = "移交签字", row.lines.count()
    else:
        verb, count = "接收签字", lines.update(signed_at=now())
    entry = record(by=by, verb=verb, obj=row, area_id=row.area_id, note=f"{count} 项")
    write_checkpoint(entry.chain)
    settle_tasks(row, kind=SIGN, owner=by.person, result="已签字")


@action
def set_deputy(post: Post, deputy: Post | None, *, by: Any) -> StandingDeputy | None:
    """Set the B post that stands in for a post (AB 岗), or none, from today on."""
    post = lock_row(post)
    require(may_edit_matrix, by, post)
    if deputy is not None and (deputy.pk == post.pk or deputy.area_id != post.area_id):
        raise ValidationError({"deputy": _("B 岗须是本管理区的另一个岗位。")})
    running = StandingDeputy.objects.filter(post=post, valid_to=None).first()
    if running is not None and deputy is not None and running.deputy_id == deputy.pk:
        return running
    if running is not None:
        running.valid_to = today() - timedelta(days=1)
        running.save()
    row = StandingDeputy.objects.create(area_id=post.area_id or 0, post=post, deputy=deputy, valid_from=today()) if deputy else None
    changes = {"B 岗": [running.deputy.title if running else "", deputy.title if deputy else ""]}
    record(by=by, verb="设置AB岗", obj=post, area_id=post.area_id, changes=changes)
    refresh_findings(post.area_id or 0, by=by)
    return row


@action
def follow_handovers(day: date) -> str:
    """The daily tick: start what is planned for today, pass on what came meanwhile, bring back what has ended. Idempotent."""
    started = moved = ended = 0
    for row in Handover.objects.filter(state=Handover.State.PLANNED, starts_on__lte=day).select_related("giver", "receiver"):
        carry_out(lock_row(row), by=None)
        started += 1
    for row in Handover.objects.filter(state=Handover.State.RUNNING, kind=Handover.Kind.ABSENCE).select_related("giver", "receiver"):
        if row.ends_on is not None and row.ends_on < day:
            finish_handover(row, by=None)
            ended += 1
        else:
            moved += sweep(row)
    return f"开始 {started},转交新到 {moved} 件,交回 {ended}"


def sweep(row: Handover) -> int:
    """Pass on what came to the giver after the handover; posts went with it."""
    passed = 0
    for line in list_everything(row.giver_id):
        if line.registry != "duties" and not (line.registry == "worklist" and line.held.what == SIGN):
            passed += pass_one(row, line, row.receiver, by=None)
    return passed
