"""Templates: taken from the pack, changed by a new version; a cycle keeps the version that it was opened with."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.kinds import SOURCES
from ronghe.appraisal.models import Template
from ronghe.appraisal.packs import read_templates
from ronghe.appraisal.permissions import may_keep_templates
from ronghe.appraisal.rules.signing import find_faults as find_signing_faults
from ronghe.appraisal.rules.templates import find_faults
from ronghe.assessment.kernel import read_scheme
from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Unit

EDITED = (
    "name", "form", "judges", "items", "scale", "trim", "min_turnout", "missing", "report_days", "ballot_days", "objection_days", "scheme",
    "inputs", "quota", "signing", "links", "scope", "basis",
)  # fmt: skip


def check_template(template: Template) -> None:
    """Raise ValidationError at each part of a template that cannot be used."""
    values = {name: getattr(template, name) for name in (*EDITED, "who", "rhythm")}
    faults = find_faults(values)
    if template.scheme:
        if not template.is_judged:
            faults["scheme"] = _("没有评议主体的模板不出综合评定。")
        else:
            faults |= check_scheme(template)
    elif template.is_judged:
        faults["scheme"] = _("有评议主体的模板要写明综合评定怎样合成。")
    if template.is_judged and (fault := find_signing_faults(template.signed_by)):
        faults["signing"] = fault
    if not template.basis.strip():
        faults["basis"] = _("请写明依据。")
    if faults:
        raise ValidationError(faults)


def check_scheme(template: Template) -> dict[str, str]:
    """Return what is wrong with the composition: it must be a scheme of the scoring contract whose every input has a source and a basis."""
    try:
        scheme = read_scheme(template.scheme)
    except ValidationError as problem:
        return {"scheme": ";".join(problem.messages)}
    if scheme.period != template.rhythm:
        return {"scheme": _("方案的 period 须与模板多久一次相同(%(rhythm)s)。") % {"rhythm": template.rhythm}}
    for indicator in scheme.indicators:
        given = template.inputs.get(indicator.code) or {}
        if given.get("source") not in SOURCES or not str(given.get("basis", "")).strip():
            return {"inputs": _("「%(name)s」没有写明数据从哪里来、依据是什么。") % {"name": indicator.name}}
    if template.who == "leaders" and not {"goals", "party"} <= {indicator.code for indicator in scheme.indicators}:
        return {"scheme": _("班子成员的综合评定须同时有业务(goals)和党建(party)。")}
    return {}


@action
def adopt_templates(area: Unit, *, by: Any) -> list[Template]:
    """Copy the pack's templates that the area does not have yet."""
    area = lock_row(area)
    require(may_keep_templates, by, area)
    known = set(Template.objects.filter(area=area).values_list("code", flat=True))
    made = []
    for values in read_templates():
        if values["code"] not in known:
            template = Template(area=area, valid_from=today(), **values)
            check_template(template)
            template.save()
            made.append(template)
    if not made:
        raise Refused(_("制度包里的模板都已采用。"))
    record(by=by, verb="采用述职评议模板", obj=area, area_id=area.pk, note="、".join(one.name for one in made))
    return made


@action
def revise_template(template: Template, values: dict[str, Any], *, reason: str, by: Any, version: int | None = None) -> Template:
    """Write the next version. Cycles that are open keep theirs; those opened from now on follow the new one."""
    template = lock_row(template, version=version)
    require(may_keep_templates, by, template)
    if template.valid_to is not None:
        raise Refused(_("这一版已被新版取代,请改现行的一版。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明修订原因。")})
    kept = {name: getattr(template, name) for name in (*EDITED, "area", "code", "who", "rhythm")}
    made = Template(**{**kept, **{name: value for name, value in values.items() if name in EDITED}})
    made.number, made.reason, made.valid_from = template.number + 1, reason.strip(), today()
    check_template(made)
    changes = diff(template, {name: getattr(made, name) for name in EDITED})
    if not changes:
        raise ValidationError(_("没有改动。"))
    template.valid_to = max(template.valid_from, today() - timedelta(days=1))
    template.save()
    made.save()
    note = _("第 %(n)d 版:%(reason)s") % {"n": made.number, "reason": made.reason}
    record(by=by, verb="修订述职评议模板", obj=made, area_id=made.area_id, note=note, changes=changes)
    return made
