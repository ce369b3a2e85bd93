"""A report is drafted, saves itself, and is presented once; from then on it stands."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.steps import person_of
from ronghe.appraisal.kinds import REPORT_TASK
from ronghe.appraisal.models import Report
from ronghe.appraisal.permissions import may_write
from ronghe.appraisal.rules.periods import days_of
from ronghe.appraisal.rules.steps import days_late
from ronghe.appraisal.word import read_answers
from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, StaleForm, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.registry import find_facts
from ronghe.documents.actions import attach
from ronghe.letters.rules import BadTemplate
from ronghe.letters.word import check_container
from ronghe.worklist.actions import settle_tasks

OPEN = ("reporting", "balloting")  # the late present while the judges already judge, and are shown as late
PROOF = "述职佐证"
LONGEST = 2000  # signs of one answer


def lock_report(report: Report, by: Any, version: int | None = None) -> Report:
    """Lock one's own report that is still to be presented."""
    report = lock_row(report, version=version)
    require(may_write, by, report)
    if report.is_presented:
        raise Refused(_("已经述职,报告不能再改。"))
    if report.cycle.state not in OPEN:
        raise Refused(_("这一轮述职已经结束。"))
    return report


@action
def save_draft(report: Report, answers: dict[str, str], *, number: int, by: Any, window: str = "") -> Report:
    """Keep what is typed so far. `number` is the draft that the page was opened with: an older window never overwrites a newer one."""
    report = lock_report(report, by)
    if answers == report.answers:
        return report
    if number != report.draft_number and (not window or window != report.draft_window):
        raise StaleForm(report)
    report.answers, report.draft_number, report.draft_at, report.draft_window = answers, report.draft_number + 1, now(), window[:40]
    kept = {name: getattr(report, name) for name in ("answers", "draft_number", "draft_at", "draft_window")}
    Report.objects.filter(pk=report.pk).update(**kept)  # not a new version: the page that is open stays good
    return report


@action
def take_word(report: Report, data: bytes, *, by: Any) -> list[str]:
    """Read a Word file into the draft: what stands under a question's heading becomes its answer; the others stay. Returns the labels read."""
    report = lock_report(report, by)
    labels = {field["label"]: field["code"] for field in report.cycle.template.form}
    try:
        check_container(data)
        found = read_answers(data, labels)
    except BadTemplate as problem:
        raise ValidationError({"file": str(problem)}) from problem
    except (KeyError, ValueError, OSError, SyntaxError) as problem:
        raise ValidationError({"file": _("文件读不出来,请用 Word 或 WPS 另存为 .docx 再传。")}) from problem
    if not found:
        raise ValidationError(
            {"file": _("文件里没有找到这些标题:%(labels)s。请先导出 Word,在标题下面写。") % {"labels": "、".join(labels)}}
        )
    answers = {code: report.answers.get(code, "") for code in labels.values()}
    answers |= {labels[label]: text[:LONGEST] for label, text in found.items()}
    report.answers, report.draft_number, report.draft_at, report.draft_window = answers, report.draft_number + 1, now(), ""
    kept = {name: getattr(report, name) for name in ("answers", "draft_number", "draft_at", "draft_window")}
    Report.objects.filter(pk=report.pk).update(**kept)
    return list(found)


def read_facts(report: Report) -> list[dict[str, str]]:
    """Return the facts of a report as kept rows: frozen ones where it was presented, else as the records say now."""
    if report.is_presented:
        return list(report.facts)
    first, last = days_of(report.cycle.period)
    return [asdict(fact) for fact in find_facts(report.person, first, min(last, today()))]


@action
def present_report(
    report: Report, answers: dict[str, str], *, by: Any, files: Iterable[tuple[str, bytes]] = (), version: int | None = None
) -> Report:
    """Present it: words, facts and their links are frozen with a digest. Late is late, and shown so."""
    report = lock_report(report, by, version)
    person_of(by)
    faults = {}
    for field in report.cycle.template.form:
        if field.get("required") and not answers.get(field["code"], "").strip():
            faults[f"f-{field['code']}"] = _("这一项请填写。")
    if faults:
        raise ValidationError(faults)
    for name, data in files:
        attach(report, data=data, name=name, by=by, area_id=report.area_id, purpose=PROOF)
    report.facts = read_facts(report)
    report.answers = {field["code"]: answers.get(field["code"], "").strip() for field in report.cycle.template.form}
    report.present()
    report.presented_at = now()
    whole = json.dumps([report.answers, report.facts], ensure_ascii=False, sort_keys=True)
    report.digest = hashlib.sha256(whole.encode()).hexdigest()
    report.save()
    late = days_late(report.cycle.report_due, today(), today())
    settle_tasks(report, kind=REPORT_TASK, result=f"逾期 {late} 天述职" if late else "已述职")
    entry = record(
        by=by, verb="述职", obj=report, area_id=report.area_id, note=f"摘要 {report.digest[:16]}" + (f",逾期 {late} 天" if late else "")
    )
    write_checkpoint(entry.chain)
    return report
