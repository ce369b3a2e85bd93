"""What other systems may be told of 填报: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_batch(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "period": row.period.period,
        "state": row.state,
        "corrects": row.replaces.number if row.replaces else None,
    }


EVENTS: Final = {
    "batch.submitted": EventKind(_("数据已提交"), "figures.batch", ("提交",), write_batch),
    "batch.returned": EventKind(_("数据已退回"), "figures.batch", ("退回",), write_batch),
    "batch.confirmed": EventKind(_("数据已确认"), "figures.batch", ("确认",), write_batch),
}
