"""Writing a scheme version in the pages: begun from a copy or from nothing, saved part by part, handed in for a second person."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.actions.schemes import APPROVAL, ask_approval
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import may_approve_scheme, may_write_scheme
from ronghe.assessment.tables import Tables, find_problems, list_changes, read_scheme_or_none, read_tables, write_tables
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.scoring.problems import Problem
from ronghe.worklist.actions import open_tasks, settle_tasks

REVISION = "方案修改"
REVISION_DAYS = 5
MOST_CHANGES = 60
DEFAULTS = {"code": "scheme", "period": "month", "digits": "2", "missing": "unplaced"}


class WrongPart(ValidationError):
    """A part of a draft breaks the contract; `problems` are those that the command would print about it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__([str(problem) for problem in self.problems])


@action
def start_draft(area: Unit, *, by: Any, source: SchemeVersion | None = None, text: str = "") -> SchemeVersion:
    """Begin a version: a copy of `source` (whatever its state), the scheme of a TOML text, or an empty one.

    Raises ValidationError with the lines of `ronghe score` where the text breaks the contract.
    """
    require(may_write_scheme, by, area)
    Unit.objects.select_for_update().get(pk=area.pk)  # two drafts never take the same number
    if source is not None and source.area_id != area.pk:
        raise Refused(_("只能拷贝本管理区的方案。"))
    if text:
        kernel.read_scheme(text)
    tables = read_tables(source.text if source else text) if source or text else Tables(scheme=dict(DEFAULTS))
    row = SchemeVersion(area=area, author=by, hands=[by.pk], copied_from=source, state=SchemeVersion.State.WRITING)
    put_tables(row, tables)
    row.save()
    note = _("拷贝自 %(scheme)s") % {"scheme": str(source)} if source else ""
    record(by=by, verb="开始编写方案", obj=row, area_id=area.pk, note=note)
    return row


def put_tables(row: SchemeVersion, tables: Tables) -> None:
    """Write tables into a version: its number is the program's, what lists show is taken from the head."""
    head = tables.scheme
    code = head.get("code", "")[:60]
    if code != row.code or not row.number:
        row.code, row.number = code, next_number(row.area_id, code, but=row.pk)
    head["version"] = str(row.number)
    head.setdefault("period", "month")
    row.name, row.basis, row.period_kind = head.get("name", "")[:100], head.get("basis", "")[:200], head["period"][:10]
    row.text = write_tables(tables)
    scheme = read_scheme_or_none(row.text)
    row.digest = scheme.digest if scheme else ""


def next_number(area_id: int, code: str, *, but: int | None) -> int:
    """Return the first number after all versions of a scheme that stand."""
    taken = SchemeVersion.objects.filter(area_id=area_id, code=code).exclude(state=SchemeVersion.State.DROPPED).exclude(pk=but)
    return (taken.aggregate(last=Max("number"))["last"] or 0) + 1


@action
def save_draft(
    draft: SchemeVersion, change: Callable[[Tables], list[Problem] | None], *, by: Any, version: int | None = None, note: str = ""
) -> SchemeVersion:
    """Change what a draft says. `change` alters the saved tables and may return problems of its part, which refuse the save.

    Raises StaleForm where somebody saved after the form was opened, WrongPart where the part breaks the contract.
    """
    Unit.objects.select_for_update().get(pk=draft.area_id)  # a changed code takes a new number
    row = lock_row(draft, version=version)
    require(may_write_scheme, by, row)
    refuse_unless_writing(row)
    before, tables = read_tables(row.text), read_tables(row.text)
    problems = change(tables)
    if problems:
        raise WrongPart(problems)
    put_tables(row, tables)
    changes = list_changes(before, tables)
    if not changes:
        return row
    row.hands = [*dict.fromkeys([*row.hands, by.pk])]
    row.save()
    kept = dict(list(changes.items())[:MOST_CHANGES])
    record(by=by, verb="修改方案草稿", obj=row, area_id=row.area_id, note=note, changes=kept)
    return row


def refuse_unless_writing(row: SchemeVersion) -> None:
    if row.state != SchemeVersion.State.WRITING:
        raise Refused(_("这个版本不在编写中,不能修改。待发布的先取回,已发布的请拷贝为新版本。"))


@action
def submit_draft(draft: SchemeVersion, *, by: Any, version: int | None = None) -> SchemeVersion:
    """Hand a draft in for a second person to publish. Raises ValidationError with every problem that is left."""
    row = lock_row(draft, version=version)
    require(may_write_scheme, by, row)
    refuse_unless_writing(row)
    problems = find_problems(row.text)
    if problems:
        raise WrongPart(problems)
    scheme = kernel.read_scheme(row.text)
    if scheme.period != "month":
        raise ValidationError(_("月度考核只用周期为 month 的方案。"))
    row.submit()
    row.digest = scheme.digest
    row.hands = [*dict.fromkeys([*row.hands, by.pk])]
    row.save()
    settle_tasks(row, kind=REVISION, result=_("已重新提交"))
    record(by=by, verb="提交方案", obj=row, area_id=row.area_id, changes={"digest": ["", row.digest]})
    ask_approval(row, by=by)
    return row


@action
def take_back_draft(draft: SchemeVersion, *, by: Any, version: int | None = None) -> SchemeVersion:
    """Take back what waits for publication, to write on."""
    row = lock_row(draft, version=version)
    require(may_write_scheme, by, row)
    row.take_back()
    row.save()
    settle_tasks(row, kind=APPROVAL, result=_("已取回修改"), dropped=True)
    record(by=by, verb="取回方案", obj=row, area_id=row.area_id)
    return row


@action
def return_draft(draft: SchemeVersion, *, reason: str, by: Any, version: int | None = None) -> SchemeVersion:
    """Send a draft back to those who wrote it, with the reason; only who could publish it may."""
    row = lock_row(draft, version=version)
    require(may_approve_scheme, by, row)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明退回的原因:哪里要改。")})
    row.take_back()
    row.save()
    settle_tasks(row, kind=APPROVAL, result=_("已退回"))
    record(by=by, verb="退回方案", obj=row, area_id=row.area_id, note=reason.strip())
    writers = list(Person.objects.filter(user_id__in=row.writers))
    title = _("考核方案被退回:%(scheme)s。%(reason)s") % {"scheme": str(row), "reason": reason.strip()}
    path = reverse("assessment:scheme", args=[row.pk])
    due = add_working_days(today(), REVISION_DAYS)
    open_tasks(row, kind=REVISION, owners=writers, title=title[:200], path=path, due=due, area_id=row.area_id)
    notify(writers, kind="考核", title=title[:200], path=path, area_id=row.area_id, by=by)
    return row
