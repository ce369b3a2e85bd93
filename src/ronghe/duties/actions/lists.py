"""责任清单: written from the pack and the matrix, issued from a day on, received by each person (M16, M21)."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.duties.models import Category, DutyItem, DutyList, DutyVersion, Receipt
from ronghe.duties.packs import PackList, read_lists
from ronghe.duties.permissions import may_write_lists
from ronghe.duties.queries.matrix import list_matters_of
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, PartyOrg, Person, Post
from ronghe.worklist.actions import open_tasks, settle_tasks
from ronghe.worklist.rules.recurrence import BadRule, check_rule

RECEIVE = "责任清单签收"
DAYS_TO_RECEIVE = 3
# into which part of a leader's list a matter of the matrix goes, by its field
PLACES = {"抓党建": 0, "抓业务": 1, "抓安全": 2, "抓质量": 2, "抓廉洁": 3, "抓稳定": 3, "抓意识形态": 3}
Row = tuple[str, ...]  # category, what, how, degree, and the rule of its recurrence where it has one


@action
def start_list(*, by: Any, post: Post | None = None, group: PartyOrg | None = None) -> DutyVersion:
    """Begin the list of a leader's post or of a 党小组, from the pack; a leader's also holds the matters of the matrix."""
    owner: Any = lock_row(post or group)  # type: ignore[type-var]
    require(may_write_lists, by, owner)
    if (post and post.kind not in LEADERS) or (group and group.kind != PartyOrg.Kind.GROUP):
        raise Refused(_("责任清单为班子成员岗位和党小组编写。"))
    if DutyList.objects.filter(post=post, group=group).exists():
        raise Refused(_("“%(name)s”已有责任清单,请修订。") % {"name": owner})
    pack = read_lists()["leader" if post else "group"]
    title = f"{post.title}一体化责任清单" if post else f"{owner.name}责任清单"
    made = DutyList.objects.create(area_id=owner.area_id, post=post, group=group, title=title[:80])
    version = DutyVersion.objects.create(duty_list=made, number=1, basis=pack.basis)
    write_rows(version, collect_rows(pack, post))
    record(by=by, verb="编写责任清单", obj=version, area_id=made.area_id)
    return version


def collect_rows(pack: PackList, post: Post | None) -> list[Row]:
    """Return the duties to start from, in the order of the pack's categories."""
    rows: list[Row] = [(one.category, one.what, one.how, one.degree, one.rule) for one in pack.duties]
    for held in list_matters_of([post.pk]) if post else ():
        rows.append((pack.categories[PLACES[held.field]], f"{held.name}({held.kind}):{held.what}"[:300], held.how, held.degree, ""))
    return sorted(rows, key=lambda row: pack.categories.index(row[0]))


def write_rows(version: DutyVersion, rows: Sequence[Row]) -> None:
    """Write the duties of a draft anew. Raises ValidationError naming the first row that lacks one of its parts (P7)."""
    problems = [
        _("第 %(n)d 条:请写明“%(part)s”。") % {"n": n, "part": part}
        for n, row in enumerate(rows, 1)
        for part, text in zip(("大类", "具体抓什么", "怎么抓", "抓到什么程度"), row[:4], strict=True)
        if not text.strip()
    ]
    for n, row in enumerate(rows, 1):
        try:
            check_rule(rule_of(row) or "FREQ=WEEKLY")
        except BadRule as trouble:
            problems.append(_("第 %(n)d 条:%(why)s") % {"n": n, "why": trouble})
    if problems or not rows:
        raise ValidationError(problems or [_("至少要有一条责任。")])
    DutyItem.objects.filter(version=version).delete()
    Category.objects.filter(version=version).delete()
    parts = {
        name: Category.objects.create(version=version, name=name, order=order)
        for order, name in enumerate(dict.fromkeys(row[0].strip()[:40] for row in rows))
    }
    DutyItem.objects.bulk_create(
        DutyItem(
            version=version,
            category=parts[row[0].strip()[:40]],
            order=n,
            what=row[1].strip(),
            how=row[2].strip(),
            degree=row[3].strip(),
            rule=rule_of(row),
        )
        for n, row in enumerate(rows)
    )


def rule_of(row: Row) -> str:
    return row[4].strip() if len(row) > 4 else ""


@action
def save_draft(version: DutyVersion, rows: Sequence[Row], *, basis: str, reason: str, by: Any, expected: int | None = None) -> DutyVersion:
    """Save a draft: a list that nobody has been given yet may be written anew."""
    version = lock_row(version, version=expected)
    require(may_write_lists, by, version)
    require_draft(version)
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    if version.number > 1 and not reason.strip():
        raise ValidationError({"reason": _("修订须写明原因。")})
    write_rows(version, rows)
    version.basis, version.reason = basis.strip(), reason.strip()
    version.save()
    record(by=by, verb="修改责任清单", obj=version, area_id=version.area_id, note=f"{len(rows)} 条")
    return version


def require_draft(version: DutyVersion) -> None:
    if version.state != DutyVersion.State.DRAFT:
        raise Refused(_("这一版已%(state)s,不能再改。") % {"state": version.get_state_display().removeprefix("已")})


@action
def issue_list(version: DutyVersion, *, valid_from: date, by: Any, expected: int | None = None) -> DutyVersion:
    """Put a version in force from a day on; the one before ends the day before, and those concerned are asked to receive it."""
    version = lock_row(version, version=expected)
    require(may_write_lists, by, version)
    require_draft(version)
    before = (
        DutyVersion.objects.select_for_update().filter(duty_list=version.duty_list, state=DutyVersion.State.ISSUED, valid_to=None).first()
    )
    if before is not None and before.valid_from is not None and valid_from <= before.valid_from:
        raise ValidationError({"valid_from": _("须晚于上一版的执行日期 %(day)s。") % {"day": before.valid_from}})
    if version.number > 1 and not version.reason:
        raise ValidationError({"reason": _("修订须先写明原因。")})
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save()
        settle_tasks(before, result="已有新版", dropped=True)
    version.valid_from = valid_from
    version.issue()
    version.save()
    record(by=by, verb="下发责任清单", obj=version, area_id=version.area_id, note=f"自 {valid_from} 起")
    people = find_receivers(version.duty_list)
    Receipt.objects.bulk_create([Receipt(version=version, person=person) for person in people])
    open_tasks(
        version, kind=RECEIVE, owners=people, title=f"签收:{version.duty_list.title}", path=reverse("duties:list", args=[version.duty_list_id]),
        due=add_working_days(today(), DAYS_TO_RECEIVE), area_id=version.area_id,
    )  # fmt: skip
    return version


def find_receivers(row: DutyList) -> list[Person]:
    """Return who receives a list: who holds the post, or who leads the 党小组."""
    held = Appointment.objects.on(today())
    held = held.filter(post=row.post) if row.post_id else held.filter(post__kind="group_leader", post__unit=row.group.unit)  # type: ignore[union-attr]
    return list(Person.objects.filter(pk__in=held.values("person_id"), left_on=None))


@action
def revise_list(duty_list: DutyList, *, by: Any) -> DutyVersion:
    """Begin the next version with the text of the last one."""
    duty_list = lock_row(duty_list)
    require(may_write_lists, by, duty_list)
    if DutyVersion.objects.filter(duty_list=duty_list, state=DutyVersion.State.DRAFT).exists():
        raise Refused(_("已有一版正在编写。"))
    last = DutyVersion.objects.filter(duty_list=duty_list).order_by("-number").first()
    assert last is not None
    made = DutyVersion.objects.create(duty_list=duty_list, number=last.number + 1, basis=last.basis)
    write_rows(made, read_rows(last))
    record(by=by, verb="修订责任清单", obj=made, area_id=duty_list.area_id)
    return made


def read_rows(version: DutyVersion) -> list[Row]:
    items = DutyItem.objects.filter(version=version).select_related("category")
    return [(row.category.name, row.what, row.how, row.degree, row.rule) for row in items]


def digest_rows(rows: Iterable[Row]) -> str:
    """Return the SHA-256 of the duties as lines of tab-separated parts; a rule stands at the end of a line that has one."""
    return hashlib.sha256("\n".join("\t".join(row if rule_of(row) else row[:4]) for row in rows).encode()).hexdigest()


@action
def receive_list(version: DutyVersion, *, by: Any) -> Receipt:
    """Say that one has read the version: an entry that counts as a signature, over a digest of its text."""
    version = lock_row(version)
    row = Receipt.objects.select_for_update().filter(version=version, person__user=by).select_related("person").first()
    if row is None or version.state != DutyVersion.State.ISSUED:
        raise Refused(_("这一版不需要您签收。"))
    if row.at is not None:
        raise Refused(_("您已签收。"))
    row.at, row.digest = now(), digest_rows(read_rows(version))
    row.save()
    entry = record(by=by, verb="签收责任清单", obj=version, area_id=version.area_id, note=f"摘要 {row.digest[:16]}")
    write_checkpoint(entry.chain)
    settle_tasks(version, kind=RECEIVE, owner=row.person, result="已签收")
    return row
