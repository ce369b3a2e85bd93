"""工程类型: taken over from the pack, written as a draft, put in force by another person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.own_fields import find_faults as find_field_faults
from ronghe.common.own_fields import read_fields
from ronghe.org.models import Unit
from ronghe.supervision.actions.steps import require_text
from ronghe.supervision.models.works import WorkType, WorkVersion
from ronghe.supervision.packs import read_pack
from ronghe.supervision.permissions import may_publish_types, may_write_types
from ronghe.supervision.rules.works import find_faults


def list_faults(version: WorkVersion) -> list[str]:
    """Return what stands in the way of using a version."""
    return find_faults(version.template, lambda rows: find_field_faults(read_fields(rows)))


@action
def adopt_types(area: Unit, *, by: Any) -> int:
    """Take over the kinds of works of the pack that the area does not have, as drafts; returns how many."""
    require(may_write_types, by, area)
    known = set(WorkType.objects.filter(area=area).values_list("code", flat=True))
    rows = [row for row in read_pack("project") if row["code"] not in known]
    for row in rows:
        kind = WorkType.objects.create(area=area, code=row["code"], name=row["name"], basis=row["basis"])
        template = {"roles": row["roles"], "stages": row["stages"]}
        WorkVersion.objects.create(area=area, type=kind, number=1, template=template, writers=[by.pk])
    record(by=by, verb="采用工程类型", obj=area, name=_("工程类型"), area_id=area.pk, note=_("%(n)d 类") % {"n": len(rows)})
    return len(rows)


@action
def add_type(area: Unit, *, name: str, basis: str, by: Any) -> WorkVersion:
    """Begin a kind of works of the area's own."""
    require(may_write_types, by, area)
    require_text(name=name, basis=basis)
    if WorkType.objects.filter(area=area, name=name.strip()).exists():
        raise ValidationError({"name": _("已有同名的工程类型。")})
    kind = WorkType.objects.create(
        area=area, code=f"own-{WorkType.objects.filter(area=area).count() + 1}", name=name.strip(), basis=basis.strip()
    )
    template: dict[str, Any] = {"roles": [["r1", "工程负责人"], ["r2", "现场监督"]], "stages": []}
    row = WorkVersion.objects.create(area=area, type=kind, number=1, template=template, writers=[by.pk])
    record(by=by, verb="新建工程类型", obj=row, area_id=area.pk, note=basis.strip())
    return row


@action
def draft_version(version: WorkVersion, *, by: Any) -> WorkVersion:
    """Begin the next version from one; a type has one draft."""
    kind = lock_row(version.type)
    require(may_write_types, by, version)
    draft = kind.versions.filter(state=WorkVersion.State.DRAFT).first()
    if draft is not None:
        return draft
    last = kind.versions.order_by("-number").values_list("number", flat=True)[0]
    row = WorkVersion.objects.create(area_id=version.area_id, type=kind, number=last + 1, template=version.template, writers=[by.pk])
    record(by=by, verb="编写新版次", obj=row, area_id=row.area_id)
    return row


@action
def save_template(version: WorkVersion, template: dict[str, Any], *, what: str, by: Any, revision: int | None = None) -> WorkVersion:
    """Save a draft as a whole. What is wrong with it may still be wrong: it is told before it comes in force."""
    version = lock_row(version, version=revision)
    require(may_write_types, by, version)
    if version.state != WorkVersion.State.DRAFT:
        raise Refused(_("在用的和旧的版次不改;请编写新的一版。"))
    version.template = template
    version.writers = sorted({*version.writers, by.pk})
    version.save()
    record(by=by, verb="编写工程类型", obj=version, area_id=version.area_id, note=what)
    return version


@action
def publish_version(version: WorkVersion, *, by: Any, revision: int | None = None) -> WorkVersion:
    """Put a draft in force: by somebody who did not write it, and without a fault."""
    version = lock_row(version, version=revision)
    require(may_publish_types, by, version)
    if by.pk in version.writers:
        raise Refused(_("编写过的人不能启用,请另一位班子成员启用。"))
    faults = list_faults(version)
    if faults:
        raise Refused(_("还不能启用:%(faults)s") % {"faults": " ".join(faults)})
    for old in version.type.versions.filter(state=WorkVersion.State.FORCE).select_for_update():
        old.retire()
        old.save()
    version.publish()
    version.published_by, version.published_on = by, today()
    version.save()
    record(by=by, verb="启用工程类型", obj=version, area_id=version.area_id)
    return version
