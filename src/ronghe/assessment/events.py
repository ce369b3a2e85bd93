"""What other systems may be told of 考核: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_run(row: Any) -> dict[str, Any]:
    return {"period": row.period, "number": row.number, "state": row.state, "corrects": row.replaces.number if row.replaces else None}


def write_objection(row: Any) -> dict[str, Any]:
    return {"number": row.number, "period": row.run.period, "indicator": row.indicator, "state": row.state}


EVENTS: Final = {
    "month.published": EventKind(_("考核结果已公示"), "assessment.run", ("公示",), write_run),
    "month.effective": EventKind(_("考核结果已生效"), "assessment.run", ("生效",), write_run),
    "objection.raised": EventKind(_("提出异议"), "assessment.objection", ("提出异议",), write_objection),
    "objection.decided": EventKind(_("异议已答复"), "assessment.objection", ("异议成立", "异议不成立"), write_objection),
}
