"""大练兵: banks from a sheet, quizzes, tries; practice on the job with a check list."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.capability.actions.people import actor_of, end_steps, path_of
from ronghe.capability.models import Attempt, Bank, Mastery, Practice, PracticeCheck, Question, Quiz, Step
from ronghe.capability.permissions import is_in_area, may_judge, may_train
from ronghe.capability.rules import mark
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit


@action
def import_questions(area: Unit, *, bank: str, lines: Sequence[dict[str, Any]], by: Any) -> int:
    """Put questions into a bank; one whose words stand there already gets the sheet's options, answer and explanation."""
    require(may_train, by, area)
    if not bank.strip():
        raise ValidationError({"bank": _("请写题库名称。")})
    row, _made = Bank.objects.get_or_create(area=area, name=bank.strip()[:60])
    known = {question.text: question for question in Question.objects.select_for_update().filter(bank=row)}
    Question.objects.bulk_create(Question(bank=row, **line) for line in lines if line["text"] not in known)
    for line in lines:
        question = known.get(line["text"])
        if question is not None:
            question.options, question.right, question.why = line["options"], line["right"], line["why"]
            question.save()
    record(by=by, verb="导入题库", obj=row, area_id=area.pk, note=_("%(n)d 题") % {"n": len(lines)})
    return len(lines)


@action
def open_quiz(bank: Bank, *, name: str, count: int, pass_mark: int, starts_on: date, ends_on: date, by: Any) -> Quiz:
    """Open a quiz between two days."""
    require(may_train, by, bank)
    if ends_on < starts_on or ends_on < today():
        raise ValidationError({"ends_on": _("止日不能早于起日和今天。")})
    if Question.objects.filter(bank=bank).count() < count:
        raise ValidationError({"count": _("题库里没有这么多题。")})
    quiz = Quiz.objects.create(
        area_id=bank.area_id, bank=bank, name=name.strip(), count=count, pass_mark=pass_mark, starts_on=starts_on, ends_on=ends_on
    )
    record(by=by, verb="发起练兵", obj=quiz, area_id=quiz.area_id, note=f"{starts_on}–{ends_on},{count} 题")
    return quiz


@action
def start_attempt(quiz: Quiz, *, by: Any) -> Attempt:
    """Draw the questions of a try, or give back the one that is not handed in yet."""
    require(is_in_area, by, quiz)
    person = actor_of(by)
    Person.objects.select_for_update().get(pk=person.pk)
    if not quiz.starts_on <= today() <= quiz.ends_on:
        raise Refused(_("练兵在 %(first)s 到 %(last)s 之间。") % {"first": quiz.starts_on, "last": quiz.ends_on})
    known = Attempt.objects.filter(quiz=quiz, person=person, handed_on=None).first()
    if known is not None:
        return known
    pks = list(Question.objects.filter(bank_id=quiz.bank_id).values_list("pk", flat=True))
    drawn = secrets.SystemRandom().sample(pks, min(quiz.count, len(pks)))
    return Attempt.objects.create(quiz=quiz, person=person, questions=drawn)


@action
def hand_in(attempt: Attempt, *, answers: Sequence[Sequence[int]], by: Any) -> Attempt:
    """Hand a try in: marked at once. No audit entry: what somebody answered is nobody's business."""
    attempt = lock_row(attempt)
    if attempt.person_id != actor_of(by).pk:
        raise Refused(_("只能交自己的答卷。"))
    if attempt.handed_on is not None:
        raise Refused(_("这份答卷已经交过。"))
    right = dict(Question.objects.filter(pk__in=attempt.questions).values_list("pk", "right"))
    if len(answers) != len(attempt.questions):
        raise ValidationError(_("答卷不完整,请重新打开。"))
    _count, attempt.score = mark(answers, [right[pk] for pk in attempt.questions])
    attempt.answers, attempt.handed_on = [list(one) for one in answers], today()
    attempt.save()
    return attempt


@action
def add_practice(area: Unit, *, name: str, steps: Sequence[str], basis: str, by: Any, shows: str = "", level: int = 2) -> Practice:
    """Write a check list of a skill; with `shows`, whoever passes it has shown this requirement at the level."""
    require(may_train, by, area)
    kept = [one.strip()[:200] for one in steps if one.strip()]
    if not kept:
        raise ValidationError({"steps": _("请写步骤,一行一步。")})
    if Practice.objects.filter(area=area, name=name.strip()).exists():
        raise ValidationError({"name": _("已经有这个实操项目。")})
    row = Practice.objects.create(area=area, name=name.strip(), steps=kept, basis=basis.strip(), shows=shows.strip(), level=level)
    record(by=by, verb="编写实操清单", obj=row, area_id=area.pk, note=_("%(n)d 步") % {"n": len(kept)})
    return row


def credit_practice(row: PracticeCheck, *, by: Any) -> None:
    """Who passed on the job has shown what the practice shows: judged by the checker, and the plans against this gap are done."""
    practice, evidence = row.practice, f"实操合格:{row.practice.name}({row.day})"
    newest = Mastery.objects.filter(person=row.person, name=practice.shows).first()
    if newest is None or newest.level < practice.level:
        Mastery.objects.create(
            person=row.person, name=practice.shows, level=practice.level, evidence=evidence, judged_by=row.checker, judged_on=row.day
        )
        note = f"{practice.shows} {practice.level};{evidence}"
        record(by=by, verb="评定能力", obj=row.person, area_id=row.person.area_id, note=note)
    end_steps(Step.objects.filter(person=row.person, gap=practice.shows), evidence)


@action
def check_practice(practice: Practice, *, person: Person, done: Sequence[int], note: str, by: Any) -> PracticeCheck:
    """Note which steps somebody did rightly on the job; passed when all of them."""
    require(may_judge, by, person)
    if person.area_id != practice.area_id:
        raise ValidationError({"person": _("请选择本管理区的人。")})
    places = sorted({place for place in done if 0 <= place < len(practice.steps)})
    passed = len(places) == len(practice.steps)
    if not passed and not note.strip():
        raise ValidationError({"note": _("没有全对的,请写明哪里要改进。")})
    row = PracticeCheck.objects.create(
        practice=practice, person=person, checker=actor_of(by), day=today(), done=places, passed=passed, note=note.strip()
    )
    if passed and practice.shows:
        credit_practice(row, by=by)
    record(by=by, verb="实操检查", obj=practice, area_id=practice.area_id, note=f"{person.name}:{'合格' if passed else '待改进'}")
    text = _("实操“%(name)s”有了检查结果") % {"name": practice.name}
    notify([person], kind="能力", title=text, path=path_of(person), area_id=person.area_id, by=by)
    return row
