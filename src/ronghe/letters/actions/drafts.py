"""Letters before they are in force: drafted for many at once, written, sent out for signing, returned, withdrawn, drafted anew."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.crypto import current
from ronghe.documents.actions import attach
from ronghe.letters.actions.templates import read_file
from ronghe.letters.models import Letter, LetterLine, LetterTemplate, Signature
from ronghe.letters.permissions import may_keep, may_sign
from ronghe.letters.queries.parties import Plain, collect_lines, find_holders, list_parties
from ronghe.letters.rules import digest_letter
from ronghe.letters.word import fill_in, take_apart
from ronghe.notices.actions import notify
from ronghe.org.models import PartyOrg, Person, Post
from ronghe.worklist.actions import open_tasks, settle_tasks

SIGN, REDRAFT = "责任书签订", "责任书重签"
DAYS_TO_SIGN, DAYS_TO_REDRAFT = 5, 10
TEXT = "责任书文本"
WORD = "责任书-{number}.docx"


@action
def draft_letters(template: LetterTemplate, *, year: int, first_post: Post, posts: Sequence[Post], by: Any) -> list[Letter]:
    """Draft a letter with each of these posts, filled with the duties and goals of each. All of them, or none."""
    template = lock_row(template)
    require(may_keep, by, template)
    if template.retired_on is not None:
        raise Refused(_("这份模板已经停用。"))
    if not posts:
        raise ValidationError({"posts": _("请至少选一个签订对象。")})
    if not today().year - 1 <= year <= today().year + 1:
        raise ValidationError({"year": _("只能起草上年、本年或明年的责任书。")})
    first = find_holders([first_post], today()).get(first_post.pk)
    if first is None or first_post.area_id != template.area_id:
        raise ValidationError({"first": _("甲方岗位现在没有人。")})
    known = {party.post.pk: party for party in list_parties(template, year, today())}
    problems = []
    for post in posts:
        party = known.get(post.pk)
        if party is None:
            problems.append(_("“%(name)s”不是这份模板的签订对象。") % {"name": post.title})
        elif party.letter is not None:
            problems.append(
                _("%(name)s %(year)d 年已有一份(%(state)s)。")
                % {"name": party.name, "year": year, "state": party.letter.get_state_display()}
            )
        elif party.person is None:
            problems.append(_("%(name)s的%(post)s岗位空缺,没有人可签。") % {"name": party.name, "post": post.title})
        elif party.person.pk == first.pk:
            problems.append(_("%(name)s不能和自己签订,请另选甲方。") % {"name": first.name})
    if problems:
        raise ValidationError({"posts": problems})
    made = []
    for post in posts:
        party = known[post.pk]
        assert party.person is not None
        made.append(write_draft(template, year, first_post, first, post, party.person, party.group, by=by))
    return made


def write_draft(
    template: LetterTemplate, year: int, first_post: Post, first: Person, post: Post, second: Person, group: PartyOrg | None, *, by: Any,
    replaces: Letter | None = None,
) -> Letter:  # fmt: skip
    """Write one draft. Part of the caller's action, which holds the template's lock: the numbers follow one another."""
    letter = Letter.objects.create(
        area_id=template.area_id, unit=post.unit, template=template, number=next_number(template, year), year=year, group=group,
        first_post=first_post, first=first, second_post=post, second=second, valid_to=date(year, 12, 31),
        valid_from=date(year, 1, 1) if replaces is None else max(today(), date(year, 1, 1)), replaces=replaces,
    )  # fmt: skip
    write_lines(letter, collect_lines(post, group, year, today()))
    record(by=by, verb="起草责任书", obj=letter, area_id=letter.area_id, note=letter.number)
    return letter


def next_number(template: LetterTemplate, year: int) -> str:
    """Return the next number of a template's year: 年-模板-序."""
    start = f"{year}-{template.pk:03d}-"
    last = Letter.objects.filter(number__startswith=start).aggregate(last=Max("number"))["last"]
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"


def write_lines(letter: Letter, rows: Iterable[Plain]) -> None:
    LetterLine.objects.filter(letter=letter).delete()
    LetterLine.objects.bulk_create(
        LetterLine(letter=letter, order=n, kind=kind, category=category.strip(), what=what.strip(), how=how.strip(), degree=degree.strip())
        for n, (kind, category, what, how, degree) in enumerate(rows)
    )


@action
def save_letter(
    letter: Letter, *, rows: Sequence[Plain], valid_from: date, valid_to: date, extra: str, by: Any, version: int | None = None
) -> Letter:
    """Save a draft or a returned letter."""
    letter = lock_row(letter, version=version)
    require(may_keep, by, letter)
    require_open(letter)
    if valid_to < valid_from or valid_from.year != letter.year or valid_to.year != letter.year:
        raise ValidationError({"valid_to": _("起止日期须在 %(year)d 年之内,止日不早于起日。") % {"year": letter.year}})
    problems = [
        _("第 %(n)d 条:请写明“%(part)s”。") % {"n": n, "part": part}
        for n, row in enumerate(rows, 1)
        for part, text in (("内容", row[2]), ("标准", row[4]))
        if not text.strip()
    ]
    if problems:
        raise ValidationError(problems)
    letter.valid_from, letter.valid_to, letter.extra = valid_from, valid_to, extra.strip()
    letter.save()
    write_lines(letter, rows)
    record(by=by, verb="修改责任书", obj=letter, area_id=letter.area_id, note=f"{len(rows)} 条")
    return letter


def require_open(letter: Letter) -> None:
    if letter.state not in (Letter.State.DRAFT, Letter.State.RETURNED):
        raise Refused(_("这份责任书%(state)s,不能再改。") % {"state": letter.get_state_display()})


def fill_letter(letter: Letter) -> bytes:
    """Return the letter as docx: its template with the fields filled in."""
    return fill_in(read_file(letter.template), collect_values(letter))


def collect_values(letter: Letter) -> dict[str, Any]:
    """Return the fields that templates may use (rules.FIELDS, rules.LISTS)."""
    branch = PartyOrg.objects.filter(area_id=letter.area_id, kind=PartyOrg.Kind.BRANCH, closed_on=None).first()
    lines = list(LetterLine.objects.filter(letter=letter))
    lists = {
        name: [
            {"序号": n, "类别": row.category, "内容": row.what, "做法": row.how, "标准": row.degree}
            for n, row in enumerate((row for row in lines if row.kind == kind), 1)
        ]
        for name, kind in (("责任", LetterLine.Kind.DUTY), ("目标", LetterLine.Kind.GOAL))
    }
    return lists | {
        "名称": letter.template.title,
        "年度": letter.year,
        "编号": letter.number,
        "依据": letter.template.basis,
        "管理区": letter.area.name,
        "党支部": branch.name if branch else letter.area.name,
        "甲方": letter.first.name,
        "甲方职务": letter.first_post.title,
        "乙方": letter.second.name,
        "乙方职务": letter.second_post.title,
        "乙方单位": letter.group.name if letter.group else letter.unit.name,
        "起始日期": write_day(letter.valid_from),
        "终止日期": write_day(letter.valid_to),
        "补充约定": letter.extra,
    }


def write_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def collect_signed(letter: Letter) -> dict[str, Any]:
    """Return the content that rules.digest_letter is taken of."""
    lines = LetterLine.objects.filter(letter=letter).values_list("kind", "category", "what", "how", "degree")
    unit = letter.group.name if letter.group else letter.unit.name
    return {
        "number": letter.number,
        "title": letter.template.title,
        "year": letter.year,
        "basis": letter.template.basis,
        "valid_from": letter.valid_from.isoformat(),
        "valid_to": letter.valid_to.isoformat(),
        "first": [letter.first.name, letter.first_post.title, letter.area.name],
        "second": [letter.second.name, letter.second_post.title, unit],
        "text": letter.text,
        "lines": [list(row) for row in lines],
    }


@action
def send_letters(letters: Sequence[Letter], *, by: Any) -> list[Letter]:
    """Send drafts out for signing. All of them, or none."""
    return [send_letter(letter, by=by) for letter in letters]


@action
def send_letter(letter: Letter, *, by: Any, version: int | None = None) -> Letter:
    """Fix the text and its digest, keep the Word file, and ask both parties to sign."""
    letter = lock_row(letter, version=version)
    require(may_keep, by, letter)
    require_open(letter)
    lines = LetterLine.objects.filter(letter=letter, kind=LetterLine.Kind.DUTY)
    if not lines.exists():
        raise Refused(_("%(name)s的责任书还没有一条责任:先下发责任清单,或在“修改”里写上。") % {"name": letter.second.name})
    check_holders(letter)
    freeze_text(letter, by=by)
    letter.send()
    letter.sent_at, letter.reason = now(), ""
    letter.save()
    record(by=by, verb="送签责任书", obj=letter, area_id=letter.area_id, note=f"摘要 {letter.digest[:16]}")
    ask_to_sign(letter)
    return letter


def check_holders(letter: Letter) -> None:
    """Refuse where a party no longer holds the post for which the letter was drafted."""
    people = find_holders([letter.first_post, letter.second_post], today())
    for post, person in ((letter.first_post, letter.first), (letter.second_post, letter.second)):
        if people.get(post.pk) != person:
            raise Refused(_("%(name)s已不任%(post)s,请撤回这一份,重新起草。") % {"name": person.name, "post": post.title})


def freeze_text(letter: Letter, *, by: Any) -> None:
    data = fill_letter(letter)
    letter.text = take_apart(data)
    letter.digest = digest_letter(collect_signed(letter), current.suite())
    attach(letter, data=data, name=WORD.format(number=letter.number), by=by, area_id=letter.area_id, purpose=TEXT)


def ask_to_sign(letter: Letter, *, both: bool = True) -> None:
    signed = set(Signature.objects.filter(letter=letter, void_at=None).values_list("person_id", flat=True))
    owners = [person for person in (letter.first, letter.second) if person.pk not in signed]
    open_tasks(
        letter, kind=SIGN, owners=owners, title=_("签订:%(letter)s") % {"letter": letter}, path=reverse("letters:sign", args=[letter.pk]),
        due=add_working_days(today(), DAYS_TO_SIGN), area_id=letter.area_id, unit_id=letter.unit_id,
    )  # fmt: skip


@action
def return_letter(letter: Letter, *, reason: str, by: Any, version: int | None = None) -> Letter:
    """A party who is asked to sign gives it back with the reason; a signature made meanwhile is void, for the text will change."""
    letter = lock_row(letter, version=version)
    require(may_sign, by, letter)
    need_reason(reason)
    if letter.state != Letter.State.PENDING:
        raise Refused(_("这份责任书%(state)s,不在待签订。") % {"state": letter.get_state_display()})
    letter.give_back()
    letter.reason = reason.strip()[:300]
    void_signatures(letter)
    letter.save()
    record(by=by, verb="退回责任书", obj=letter, area_id=letter.area_id, note=letter.reason)
    settle_tasks(letter, kind=SIGN, result=_("已退回"), dropped=True)
    keepers = [person for person in (letter.first,) if person.user_id != by.pk] or [letter.second]
    title = _("责任书被退回:%(letter)s(%(why)s)") % {"letter": letter, "why": letter.reason[:80]}
    notify(keepers, kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    return letter


def void_signatures(letter: Letter) -> None:
    Signature.objects.filter(letter=letter, void_at=None).update(void_at=now())


@action
def withdraw_letter(letter: Letter, *, reason: str, by: Any, version: int | None = None) -> Letter:
    """Give a letter up before both have signed."""
    letter = lock_row(letter, version=version)
    require(may_keep, by, letter)
    need_reason(reason)
    if letter.state not in (Letter.State.DRAFT, Letter.State.RETURNED, Letter.State.PENDING):
        raise Refused(_("这份责任书%(state)s,不能撤回。") % {"state": letter.get_state_display()})
    was_out = letter.state == Letter.State.PENDING
    drop_letter(letter, reason)
    record(by=by, verb="撤回责任书", obj=letter, area_id=letter.area_id, note=letter.reason)
    if was_out:
        title = _("责任书已撤回,不用签订:%(letter)s") % {"letter": letter}
        people = [person for person in (letter.first, letter.second) if person.user_id != by.pk]
        notify(people, kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    return letter


def drop_letter(letter: Letter, reason: str) -> None:
    letter.withdraw()
    letter.reason, letter.ended_at = reason.strip()[:300], now()
    void_signatures(letter)
    letter.save()
    settle_tasks(letter, result=_("已撤回"), dropped=True)


@action
def redraft_letter(letter: Letter, *, by: Any) -> Letter:
    """Draft anew, with who holds the posts now, in the place of one that was withdrawn or ended."""
    template = lock_row(letter.template)
    letter = lock_row(letter)
    require(may_keep, by, letter)
    if letter.state not in (Letter.State.WITHDRAWN, Letter.State.REPLACED):
        raise Refused(_("只有已撤回、已终止的责任书才重新起草。"))
    if Letter.objects.filter(replaces=letter).exists() or any(
        party.post.pk == letter.second_post_id and party.letter is not None for party in list_parties(template, letter.year, today())
    ):
        raise Refused(_("已经重新起草过。"))
    people = find_holders([letter.first_post, letter.second_post], today())
    first, second = people.get(letter.first_post_id), people.get(letter.second_post_id)
    if first is None or second is None:
        empty = letter.first_post if first is None else letter.second_post
        raise Refused(_("%(post)s岗位空缺,等有人接任再起草。") % {"post": empty.title})
    made = write_draft(template, letter.year, letter.first_post, first, letter.second_post, second, letter.group, by=by, replaces=letter)
    settle_tasks(letter, kind=REDRAFT, result=_("已重新起草"))
    return made


def letter_path(letter: Letter) -> str:
    return reverse("letters:letter", args=[letter.pk])


def need_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明原因。")})
