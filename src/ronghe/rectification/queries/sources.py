"""Sources with their terms: the defaults, as the area has overridden or added to them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.rectification.kinds import DEFAULT_SOURCES, SourceRule
from ronghe.rectification.models import Source


def list_sources(area_id: int) -> list[SourceRule]:
    """Return the sources of an area, defaults first. One query."""
    own = {row.code: describe_source(row) for row in Source.objects.filter(area_id=area_id)}
    defaults = [own.pop(rule.code, rule) for rule in DEFAULT_SOURCES]
    return [*defaults, *own.values()]


def find_source(area_id: int, code: str) -> SourceRule:
    """Return one source. Raises ValidationError at `source` for an unknown one."""
    for rule in list_sources(area_id):
        if rule.code == code:
            return rule
    raise ValidationError({"source": _("没有“%(code)s”这种整改来源。") % {"code": code}})


def describe_source(row: Source) -> SourceRule:
    return SourceRule(row.code, row.name, row.basis, row.cure_days, row.plan_days, row.verify_days, row.redo_days, row.watch_days)
