"""Signing, the archived PDF, and the end of a letter whose party has left the post."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.crypto.suites import suite_of_digest
from ronghe.documents.actions import attach
from ronghe.documents.models import Document
from ronghe.documents.queries import list_documents
from ronghe.letters.actions.drafts import (
    DAYS_TO_REDRAFT,
    REDRAFT,
    SIGN,
    ask_to_sign,
    collect_signed,
    drop_letter,
    freeze_text,
    letter_path,
    void_signatures,
)
from ronghe.letters.kinds import KEEPERS
from ronghe.letters.models import Letter, Signature
from ronghe.letters.permissions import may_sign
from ronghe.letters.rules import digest_letter, make_code
from ronghe.notices.actions import notify
from ronghe.org.models import Appointment, Person
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

ARCHIVE = "责任书存档"


@action
def sign_letter(letter: Letter, *, digest: str, how: str, by: Any) -> Letter:
    """Sign as the party that one is. The caller has just had the person prove again who they are, by `how`.

    `digest` is that of the text that the signer had in front of them: another text is not signed. With the second signature the
    letter is in force and gets its verification code.
    """
    letter = lock_row(letter)
    require(may_sign, by, letter)
    if letter.state != Letter.State.PENDING:
        raise Refused(_("这份责任书%(state)s,不在待签订。") % {"state": letter.get_state_display()})
    if digest != letter.digest or digest_letter(collect_signed(letter), suite_of_digest(letter.digest)) != letter.digest:
        raise Refused(_("文本在您打开之后有变化,没有签。请重新看一遍再签。"))
    me = standing_of(by).person_id
    side = Signature.Side.FIRST if me == letter.first_id else Signature.Side.SECOND
    if Signature.objects.filter(letter=letter, side=side, void_at=None).exists():
        raise Refused(_("您已经签过。"))
    person, post = (letter.first, letter.first_post) if side == Signature.Side.FIRST else (letter.second, letter.second_post)
    check_still_holds(person, post.pk)
    Signature.objects.create(letter=letter, side=side, person=person, post_title=post.title, at=now(), how=how, digest=digest)
    settle_tasks(letter, kind=SIGN, owner=person, result=_("已签订"))
    entry = record(
        by=by, verb="签订责任书", obj=letter, area_id=letter.area_id, note=f"{side.label},{Signature.How(how).label}核验,摘要 {digest[:16]}"
    )
    write_checkpoint(entry.chain)
    if Signature.objects.filter(letter=letter, void_at=None).count() == len(Signature.Side):
        letter.take_force()
        letter.active_at, letter.code = now(), make_code()
        record(by=by, verb="责任书生效", obj=letter, area_id=letter.area_id, note=letter.number)
        title = _("责任书已生效:%(letter)s") % {"letter": letter}
        other = letter.second if side == Signature.Side.FIRST else letter.first
        notify([other], kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    letter.save()
    return letter


def check_still_holds(person: Person, post_id: int) -> None:
    if not Appointment.objects.on(today()).filter(person=person, post_id=post_id).exists():
        raise Refused(_("您现在不任责任书上写的岗位,不能签订。"))


@action
def archive_letter(letter: Letter, pdf: bytes) -> Document | None:
    """Keep the PDF of a letter in force, once. It was made before this action: making it takes seconds, and nobody waits for its lock."""
    letter = lock_row(letter)
    if not letter.code or find_archive(letter) is not None:
        return None
    return attach(letter, data=pdf, name=f"责任书-{letter.number}.pdf", by=None, area_id=letter.area_id, purpose=ARCHIVE)


def find_archive(letter: Letter) -> Document | None:
    """Return the archived PDF, once there is one."""
    return next((row for row in list_documents(letter) if row.purpose == ARCHIVE), None)


@action
def end_letter(letter: Letter, *, reason: str, by: Any = None) -> Letter:
    """End a letter in force whose party has left the post, and ask those who write letters to draft it anew. `by` None: the daily tick."""
    letter = lock_row(letter)
    if letter.state != Letter.State.ACTIVE:
        raise Refused(_("只有已生效的责任书才会因岗位变动终止。"))
    letter.end()
    letter.reason, letter.ended_at = reason[:300], now()
    letter.save()
    record(by=by, verb="终止责任书", obj=letter, area_id=letter.area_id, note=letter.reason)
    settle_tasks(letter, result=_("已终止"), dropped=True)
    keeper = find_keeper(letter.area_id)
    if keeper is not None:
        open_tasks(
            letter, kind=REDRAFT, owners=[keeper], title=_("重新起草:%(letter)s") % {"letter": letter}, path=letter_path(letter),
            due=add_working_days(today(), DAYS_TO_REDRAFT), area_id=letter.area_id, unit_id=letter.unit_id,
        )  # fmt: skip
    people = [person for person in (letter.first, letter.second) if person.left_on is None]
    title = _("责任书已终止:%(letter)s(%(why)s)") % {"letter": letter, "why": letter.reason[:80]}
    notify(people, kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    return letter


def find_keeper(area_id: int) -> Person | None:
    """Return who drafts letters in an area: the deputy for party work, else the secretary, else the manager. One query."""
    held = Appointment.objects.on(today()).filter(post__area_id=area_id, post__kind__in=KEEPERS, person__left_on=None)
    order = ("deputy_party", "branch_secretary", "area_manager")
    rows = sorted(held.select_related("person", "post"), key=lambda row: (order.index(row.post.kind), row.acting, row.pk))
    return rows[0].person if rows else None


def follow_posts(day: date) -> int:
    """End or withdraw the letters whose party no longer holds the post (the daily tick). Two queries, and those of what is ended."""
    rows = Letter.objects.filter(state__in=(Letter.State.PENDING, Letter.State.ACTIVE), valid_to__gte=day)
    letters = list(rows.select_related("template", "first", "second", "first_post", "second_post"))
    people = {letter.first_id for letter in letters} | {letter.second_id for letter in letters}
    gone = Q(person__left_on__isnull=False, person__left_on__lte=day)
    held = set(Appointment.objects.on(day).filter(person_id__in=people).exclude(gone).values_list("person_id", "post_id"))
    count = 0
    for letter in letters:
        for person, post in ((letter.second, letter.second_post), (letter.first, letter.first_post)):
            if (person.pk, post.pk) in held:
                continue
            reason = _("%(name)s已不任%(post)s") % {"name": person.name, "post": post.title}
            if letter.state == Letter.State.ACTIVE:
                end_letter(letter, reason=reason)
            else:
                withdraw_moved(letter, reason)
            count += 1
            break
    return count


@action
def withdraw_moved(letter: Letter, reason: str) -> None:
    """Withdraw a letter that waits for somebody who is no longer there to sign it."""
    letter = lock_row(letter)
    drop_letter(letter, reason)
    record(by=None, verb="撤回责任书", obj=letter, area_id=letter.area_id, note=letter.reason)


@action
def replace_party(letter: Letter, giver: Person, to: Person, *, by: Any, note: str) -> str:
    """Let the one who takes over a post sign in the other's place; returns why it can't be. Part of handing over (registry `holdings`)."""
    letter = lock_row(letter)
    side = "first" if letter.first_id == giver.pk else "second" if letter.second_id == giver.pk else ""
    if not side or letter.state not in (Letter.State.DRAFT, Letter.State.RETURNED, Letter.State.PENDING):
        return "已签订或已撤回"
    if to.pk in (letter.first_id, letter.second_id):
        return "对方就是责任书的另一方"
    post = letter.first_post if side == "first" else letter.second_post
    if Signature.objects.filter(letter=letter, side=side, void_at=None).exists():
        return "本人已签订"
    held = Appointment.objects.on(today()).filter(post=post)
    if held.filter(person=giver, acting=False).exists():
        return "责任书由本人回岗后签订;等不及的请起草人撤回"
    if not held.filter(person=to).exists():
        return f"{to.name}不任{post.title},请起草人撤回后重新起草"
    setattr(letter, side, to)
    if letter.state == Letter.State.PENDING:
        void_signatures(letter)
        freeze_text(letter, by=by)
    letter.save()
    settle_tasks(letter, kind=SIGN, result=f"移交 {to.name}", dropped=True)
    if letter.state == Letter.State.PENDING:
        ask_to_sign(letter)
    record(by=by, verb="责任书换签订人", obj=letter, area_id=letter.area_id, note=note, changes={side: [giver.name, to.name]})
    return ""
