"""The list: adopting the pack, revising, editing line by line, publishing by a second person."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.own_fields import OwnField, find_faults
from ronghe.decisions.actions.steps import person_of
from ronghe.decisions.models import DecisionList, Rule
from ronghe.decisions.packs import read_forms, read_pack, read_rules
from ronghe.decisions.permissions import may_publish_list, may_write_list
from ronghe.decisions.rules import EXCEPTION_STEPS, find_bar_to_publishing, find_faults_of_steps
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit

HEAD = ("name", "basis", "front_label", "front_basis", "split_days", "exception_posts", "urgent_posts", "stop_posts")


@action
def adopt_list(area: Unit, *, by: Any) -> DecisionList:
    """Copy the pack's list as the area's first draft."""
    area = lock_row(area)
    require(may_write_list, by, area)
    if DecisionList.objects.filter(area=area).exists():
        raise Refused(_("本管理区已有清单,请在现有版本上修订。"))
    pack = read_pack()
    head = {name: pack["pack"][name] for name in HEAD}
    made = DecisionList.objects.create(area=area, number=1, forms=read_forms(pack), writers=[by.pk], **head)
    Rule.objects.bulk_create(Rule(edition=made, version=1, **row) for row in read_rules(pack))
    record(by=by, verb="采用决策事项清单", obj=made, area_id=area.pk)
    return made


@action
def revise_list(area: Unit, *, reason: str, by: Any) -> DecisionList:
    """Begin the next version as a copy of the last one."""
    area = lock_row(area)
    require(may_write_list, by, area)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么修订。")})
    last = DecisionList.objects.filter(area=area).first()
    if last is None:
        raise Refused(_("还没有清单,请先采用制度包的清单。"))
    if last.state == DecisionList.State.DRAFT:
        raise Refused(_("第 %(n)d 版还在编写,请先发布它。") % {"n": last.number})
    head = {name: getattr(last, name) for name in HEAD}
    made = DecisionList.objects.create(
        area=area, number=last.number + 1, forms=last.forms, writers=[by.pk], reason=reason.strip(), **head
    )  # fmt: skip
    rows = list(Rule.objects.filter(edition=last, dropped=False))
    for row in rows:
        row.pk, row.edition, row.version = None, made, 1
    Rule.objects.bulk_create(rows)
    record(by=by, verb="修订决策事项清单", obj=made, area_id=area.pk, note=reason.strip())
    return made


def lock_draft(edition: DecisionList, *, by: Any, version: int | None = None) -> DecisionList:
    """Return the draft locked, with the writer noted."""
    edition = lock_row(edition, version=version)
    require(may_write_list, by, edition)
    if edition.state != DecisionList.State.DRAFT:
        raise Refused(_("已发布的版本不能再改,请修订出新的一版。"))
    if by.pk not in edition.writers:
        edition.writers = [*edition.writers, by.pk]
    return edition


@action
def save_head(edition: DecisionList, values: dict[str, Any], *, by: Any, version: int | None = None) -> DecisionList:
    """Change name, basis, the label of 前置研究 and who is entitled to what."""
    edition = lock_draft(edition, by=by, version=version)
    for field in ("exception_posts", "urgent_posts", "stop_posts"):
        posts = values.get(field, getattr(edition, field))
        if not posts or any(post not in POST_TITLES for post in posts):
            raise ValidationError({field: _("请至少选一个岗位。")})
    changes = diff(edition, values)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save()
    if changes:
        record(by=by, verb="修改清单", obj=edition, area_id=edition.area_id, changes=changes)
    return edition


@action
def save_rule(
    edition: DecisionList, values: dict[str, Any], *, by: Any, rule: Rule | None = None, version: int | None = None
) -> Rule:  # fmt: skip
    """Add a line to a draft or change one."""
    edition = lock_draft(edition, by=by)
    row = lock_row(rule, version=version) if rule is not None else Rule(edition=edition, order=edition.rules.count() + 1)
    if row.edition_id != edition.pk:
        raise Refused(_("这一条不属于这个版本。"))
    steps = values.get("steps", row.steps)
    faults = find_faults_of_steps([kind for kind, _days, _post in steps], front=values.get("front", row.front))
    if any(not 0 < days <= 250 for _kind, days, _post in steps):
        faults.append(_("每一步须有 1 到 250 个工作日。"))
    if faults:
        raise ValidationError({"steps": faults})
    code = values.get("code", row.code)
    if Rule.objects.filter(edition=edition, code=code).exclude(pk=row.pk).exists():
        raise ValidationError({"code": _("这个代码已经用了。")})
    changes = diff(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    edition.save()
    record(by=by, verb="修改清单事项", obj=edition, area_id=edition.area_id, note=row.title, changes=changes)
    return row


@action
def save_form(
    edition: DecisionList, code: str, *, name: str, proof: bool, fields: list[OwnField], by: Any, version: int | None = None
) -> DecisionList:  # fmt: skip
    """Change the fields of a step's form in a draft. The four checks of 前置研究 stay, whatever is added."""
    edition = lock_draft(edition, by=by, version=version)
    if code not in edition.forms:
        raise Refused(_("没有这张表单。"))
    faults = find_faults(fields)
    codes = {field.code for field in fields if field.required}
    if code == "front" and not {"line", "strategy", "benefit", "people"} <= codes:
        faults.append(_("前置研究的四项把关不能去掉,也不能改为选填。"))
    if code in EXCEPTION_STEPS and not fields:
        faults.append(_("至少要有一个栏目。"))
    if faults:
        raise ValidationError({"fields": faults})
    rows = [[one.code, one.label, one.kind, one.required, *([list(one.choices)] if one.choices else [])] for one in fields]
    edition.forms = {**edition.forms, code: {"name": name, "proof": proof, "fields": rows}}
    edition.save()
    record(by=by, verb="修改步骤表单", obj=edition, area_id=edition.area_id, note=f"{name}:{len(rows)} 栏")
    return edition


@action
def publish_list(edition: DecisionList, *, valid_from: date, by: Any, version: int | None = None) -> DecisionList:
    """Put a draft into force from a day on; never by somebody who wrote on it."""
    edition = lock_row(edition, version=version)
    require(may_publish_list, by, edition)
    bar = find_bar_to_publishing(by.pk, edition.writers)
    if bar:
        raise Refused(bar)
    if valid_from < today():
        raise ValidationError({"valid_from": _("执行日期不能早于今天:办理中的事项按登记时的版本。")})
    if not edition.rules.filter(dropped=False).exists():
        raise Refused(_("清单是空的。"))
    edition.publish()
    edition.valid_from, edition.published_at, edition.published_by = valid_from, now(), person_of(by).name
    edition.save()
    entry = record(by=by, verb="发布决策事项清单", obj=edition, area_id=edition.area_id, note=f"自 {valid_from} 起执行")
    write_checkpoint(entry.chain)
    return edition
