"""The year's end: every line gets its verdict by 甲方, 乙方 may answer, both are kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.letters.actions.drafts import letter_path
from ronghe.letters.models import Letter, LetterLine
from ronghe.letters.permissions import may_answer, may_review
from ronghe.letters.rules import REVIEW_DAYS, review_opens
from ronghe.notices.actions import notify
from ronghe.worklist.actions import open_tasks, settle_tasks

REVIEW = "责任书评议"
DAYS_AFTER = 10  # working days after the end of the letter's time


@action
def review_letter(letter: Letter, *, verdicts: Mapping[int, tuple[str, str]], summary: str, by: Any, version: int | None = None) -> Letter:
    """Give every line its verdict; what was not or only partly done says why. No mark is counted from it here."""
    letter = lock_row(letter, version=version)
    require(may_review, by, letter)
    if letter.state != Letter.State.ACTIVE:
        raise Refused(_("这份责任书%(state)s,不能评议。") % {"state": letter.get_state_display()})
    if today() < review_opens(letter.valid_to):
        raise Refused(_("%(day)s以后才评议。") % {"day": review_opens(letter.valid_to)})
    lines = list(LetterLine.objects.select_for_update().filter(letter=letter))
    problems = []
    for n, line in enumerate(lines, 1):
        line.verdict, line.note = verdicts.get(line.pk, ("", ""))
        line.note = line.note.strip()[:300]
        if line.verdict not in LetterLine.Verdict.values:
            problems.append(_("第 %(n)d 条还没有评议。") % {"n": n})
        elif line.verdict != LetterLine.Verdict.DONE and not line.note:
            problems.append(_("第 %(n)d 条不是“完成”,请写明差在哪里。") % {"n": n})
    if problems:
        raise ValidationError(problems)
    LetterLine.objects.bulk_update(lines, ["verdict", "note"])
    letter.close()
    letter.reviewed_at, letter.summary = now(), summary.strip()[:500]
    letter.save()
    counts = "、".join(f"{label} {sum(line.verdict == value for line in lines)}" for value, label in LetterLine.Verdict.choices)
    record(by=by, verb="评议责任书", obj=letter, area_id=letter.area_id, note=counts)
    settle_tasks(letter, kind=REVIEW, result=_("已评议"))
    title = _("您的责任书已评议(%(counts)s),可以写明意见:%(letter)s") % {"counts": counts, "letter": letter}
    notify([letter.second], kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    return letter


@action
def answer_review(letter: Letter, *, answer: str, by: Any, version: int | None = None) -> Letter:
    """乙方 says once what they think of the review; it stands beside it."""
    letter = lock_row(letter, version=version)
    require(may_answer, by, letter)
    if letter.state != Letter.State.REVIEWED:
        raise Refused(_("评议以后才写意见。"))
    if letter.answered_at is not None:
        raise Refused(_("意见已经写过,不能再改。"))
    if not answer.strip():
        raise ValidationError({"answer": _("请写明意见;没有意见就写“无异议”。")})
    letter.answer, letter.answered_at = answer.strip()[:500], now()
    letter.save()
    record(by=by, verb="答复责任书评议", obj=letter, area_id=letter.area_id, note=letter.answer[:200])
    title = _("乙方对评议写了意见:%(letter)s") % {"letter": letter}
    notify([letter.first], kind="责任书", title=title, path=letter_path(letter), area_id=letter.area_id, by=by)
    return letter


def open_reviews(day: date) -> int:
    """Ask 甲方 of each letter whose time ends within the month to review it (the daily tick). Idempotent."""
    rows = Letter.objects.filter(state=Letter.State.ACTIVE, valid_to__lte=day + timedelta(days=REVIEW_DAYS))
    opened = 0
    for letter in rows.select_related("template", "first", "second"):
        tasks = open_tasks(
            letter, kind=REVIEW, owners=[letter.first], title=_("逐条评议:%(letter)s") % {"letter": letter},
            path=reverse("letters:review", args=[letter.pk]), due=add_working_days(letter.valid_to, DAYS_AFTER), area_id=letter.area_id,
            unit_id=letter.unit_id,
        )  # fmt: skip
        opened += len(tasks)
    return opened
