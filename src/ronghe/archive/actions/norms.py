"""Setting the terms and topics of an area."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.archive.models import Term, Topic
from ronghe.archive.permissions import may_archive
from ronghe.archive.queries.norms import read_pack
from ronghe.archive.rules import name_term
from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.papers import sources
from ronghe.org.models import Unit


@action
def set_term(area: Unit, kind: str, *, years: int | None, basis: str, by: Any) -> Term:
    """Set how long papers of a kind stay in the archive."""
    require(may_archive, by, area)
    if sources.get(kind) is None:
        raise Refused(_("没有这一类材料。"))
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    row = Term.objects.select_for_update().filter(area=area, kind=kind).first() or Term(area=area, kind=kind)
    changes = {"years": [name_term(row.years) if row.pk else "", name_term(years)], "basis": [row.basis, basis.strip()]}
    row.years, row.basis = years, basis.strip()
    row.save()
    record(by=by, verb="设定档案保管期限", obj=row, area_id=area.pk, changes=changes)
    return row


@action
def adopt_topics(area: Unit, *, by: Any) -> int:
    """Take over the pack's topics, to change them."""
    require(may_archive, by, area)
    known = set(Topic.objects.filter(area=area).values_list("code", flat=True))
    new = [
        Topic(area=area, code=row["code"], name=row["name"], kinds=row["kinds"], basis=row["basis"], order=order, version=1)
        for order, row in enumerate(read_pack()["topic"], 1)
        if row["code"] not in known
    ]
    Topic.objects.bulk_create(new)
    record(by=by, verb="采用迎检专题", name="制度包", area_id=area.pk, note=f"{len(new)} 个")
    return len(new)


def check_topic(values: dict[str, Any]) -> None:
    if not values["kinds"]:
        raise ValidationError({"kinds": _("请至少选一类材料。")})
    if not values["basis"].strip():
        raise ValidationError({"basis": _("请写明依据。")})


@action
def add_topic(area: Unit, *, name: str, kinds: list[str], basis: str, by: Any) -> Topic:
    """Add a topic of one's own; the pack's come along, so that none is lost by it."""
    require(may_archive, by, area)
    check_topic({"kinds": kinds, "basis": basis})
    if not Topic.objects.filter(area=area).exists():
        adopt_topics(area, by=by)
    number = Topic.objects.filter(area=area).count() + 1
    row = Topic.objects.create(area=area, code=f"own{number}", name=name.strip(), kinds=kinds, basis=basis.strip(), order=number)
    record(by=by, verb="新增迎检专题", obj=row, area_id=area.pk)
    return row


@action
def change_topic(topic: Topic, values: dict[str, Any], *, by: Any, version: int | None = None) -> Topic:
    """Change what a topic collects."""
    topic = lock_row(topic, version=version)
    require(may_archive, by, topic)
    check_topic(values)
    changes = diff(topic, values)
    for name, value in values.items():
        setattr(topic, name, value)
    topic.save()
    record(by=by, verb="修改迎检专题", obj=topic, area_id=topic.area_id, changes=changes)
    return topic


@action
def retire_topic(topic: Topic, *, by: Any, version: int | None = None) -> Topic:
    topic = lock_row(topic, version=version)
    require(may_archive, by, topic)
    if topic.retired_on is not None:
        raise Refused(_("已经停用。"))
    topic.retired_on = today()
    topic.save()
    record(by=by, verb="停用迎检专题", obj=topic, area_id=topic.area_id)
    return topic
