"""What the detector finds is entered when it appears and ended when it is gone; a finding may be accepted for a time."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.duties.models import Finding, Norm, Term
from ronghe.duties.packs import read_duties
from ronghe.duties.permissions import may_accept_finding, may_set_norms
from ronghe.duties.queries.picture import FINDING_TASK, load_view
from ronghe.org.models import PartyOrg, Person, Unit
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

DAYS_TO_SETTLE = 10
LONGEST_REVIEW = 400


@action
def refresh_findings(area_id: int, *, by: Any = None, day: date | None = None) -> int:
    """Enter what is newly found, end what is gone; returns how many changed. Idempotent. Part of every change to the matrix."""
    day = day or today()
    Unit.objects.select_for_update().get(pk=area_id)
    view = load_view(area_id, day)
    if not view.matters:
        return 0
    found = {one.key: one for one in view.detect()}
    known = {row.key: row for row in Finding.objects.select_for_update().filter(area_id=area_id, ended_on=None)}
    changed = 0
    settlers = find_settlers(area_id, day)
    for key, one in found.items():
        if key in known:
            changed += come_back(known[key], settlers, day)
            continue
        row = Finding.objects.create(
            area_id=area_id, key=key, rule=one.rule, level=one.level, title=one.title[:200], matter_id=one.matter, post_id=one.post,
            found_on=day,
        )  # fmt: skip
        record(by=by, verb="发现分工问题", obj=row, area_id=area_id)
        expect(row, settlers, day)
        changed += 1
    for key, row in known.items():
        if key not in found:
            row.ended_on = day
            row.save()
            settle_tasks(row, result="已消除")
            record(by=by, verb="分工问题消除", obj=row, area_id=area_id)
            changed += 1
    return changed


def come_back(row: Finding, settlers: list[Person], day: date) -> int:
    """Open an accepted finding again when its review date has come. Returns 1 where it did."""
    if row.review_on is None or day < row.review_on:
        return 0
    return len(expect(row, settlers, day))


def expect(row: Finding, settlers: list[Person], day: date) -> list[Any]:
    """Expect a fault to be settled by those who lead; a note asks for nothing. The date once given stays."""
    if row.level != "fault":
        return []
    due = add_working_days(row.review_on or row.found_on, DAYS_TO_SETTLE)
    return open_tasks(
        row,
        kind=FINDING_TASK,
        owners=settlers,
        title=f"处置分工问题:{row.title}",
        path=path_of(row),
        due=due,
        area_id=row.area_id,
        unit_id=row.area_id,
    )


def path_of(row: Finding) -> str:
    return reverse("duties:finding", args=[row.pk])


def find_settlers(area_id: int, day: date) -> list[Person]:
    """Return who settles: the secretary, else the manager."""
    for kind in ("branch_secretary", "area_manager"):
        people = list(list_holders(kind, area_id=area_id, day=day))
        if people:
            return people
    return []


@action
def accept_finding(row: Finding, *, reason: str, review_on: date | None, by: Any, version: int | None = None) -> Finding:
    """Let a finding stand for a time, with a reason and the date on which it comes back."""
    row = lock_row(row, version=version)
    require(may_accept_finding, by, row)
    if row.ended_on is not None:
        raise Refused(_("这个问题已于 %(day)s 消除,不需要接受。") % {"day": row.ended_on})
    problems = {}
    if not reason.strip():
        problems["reason"] = _("请写明为什么可以先这样。")
    if review_on is None or review_on <= today():
        problems["review_on"] = _("复核日期须晚于今天。")
    elif review_on > today() + timedelta(days=LONGEST_REVIEW):
        problems["review_on"] = _("复核日期最晚在 %(n)d 天以内。") % {"n": LONGEST_REVIEW}
    if problems:
        raise ValidationError(problems)
    row.reason, row.review_on, row.accepted_on, row.accepted_by = reason.strip(), review_on, today(), by.person
    row.save()
    settle_tasks(row, result=f"已接受,{review_on} 复核")
    record(by=by, verb="接受分工问题", obj=row, area_id=row.area_id, note=f"{reason.strip()};{review_on} 复核")
    return row


@action
def withdraw_acceptance(row: Finding, *, by: Any, version: int | None = None) -> Finding:
    """Take an acceptance back: the finding stands open again at once."""
    row = lock_row(row, version=version)
    require(may_accept_finding, by, row)
    if row.review_on is None or row.ended_on is not None:
        raise Refused(_("这个问题没有被接受,或已经消除。"))
    note = f"原理由:{row.reason}"
    row.reason, row.review_on, row.accepted_on, row.accepted_by = "", None, None, None
    row.save()
    record(by=by, verb="撤回接受分工问题", obj=row, area_id=row.area_id, note=note)
    expect(row, find_settlers(row.area_id, today()), today())
    return row


@action
def set_norm(area: Unit, *, code: str, value: int, basis: str, by: Any, version: int | None = None) -> Norm:
    """Set an area's own threshold for a rule, with its basis."""
    area = lock_row(area)
    require(may_set_norms, by, area)
    rule = read_duties().rules.get(code)
    if rule is None or rule.value is None:
        raise Refused(_("这条规则没有可以调整的数值。"))
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    row = Norm.objects.filter(area=area, code=code).first()
    old: Any = rule.value
    if row is None:
        row = Norm.objects.create(area=area, code=code, value=value, basis=basis.strip())
    else:
        row = lock_row(row, version=version)
        old = row.value
        row.value, row.basis = value, basis.strip()
        row.save()
    record(by=by, verb="调整检测口径", obj=row, name=rule.name, area_id=area.pk, note=basis.strip(), changes={"value": [old, value]})
    refresh_findings(area.pk, by=by)
    return row


@action
def record_term(branch: PartyOrg, *, elected_on: date, ends_on: date, by: Any) -> Term:
    """Record the term for which the committee of a branch was elected."""
    branch = lock_row(branch)
    require(may_set_norms, by, branch)
    if ends_on <= elected_on:
        raise ValidationError({"ends_on": _("届满日期须晚于选举日期。")})
    if Term.objects.filter(branch=branch, elected_on__gte=elected_on).exists():
        raise ValidationError({"elected_on": _("选举日期须晚于已登记的任期。")})
    row = Term.objects.create(area=branch.unit, branch=branch, elected_on=elected_on, ends_on=ends_on)
    record(by=by, verb="登记支委会任期", obj=row, area_id=branch.area_id)
    refresh_findings(row.area_id, by=by)
    return row
