"""Before a run: what is not reported, not confirmed, not decided. The run may still be made; it says so."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.assessment import kernel
from ronghe.assessment.models import Run
from ronghe.figures.models import Adjustment, Batch
from ronghe.figures.queries import collect_inputs
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit

NAMED = 6


def list_warnings(area: Unit, period: str, rows: list[dict[str, Any]]) -> list[str]:
    """Return the sentences that stand above a preview: cells without a figure, batches unconfirmed, adjustments waiting, no target."""
    names = dict(Unit.objects.filter(area=area).values_list("code", "name"))
    found = []
    blank = Counter(names.get(row["unit"], row["unit"]) for row in rows if row["actual"] is None and not row["exempt"])
    if blank:
        cells = sum(blank.values())
        found.append(
            _("%(cells)d 个数据没有已确认的数值:%(units)s。相关单位按方案的缺报规则计分,可能没有名次。")
            % {"cells": cells, "units": join_counts(blank)}
        )
    waiting = Batch.objects.filter(area=area, period__period=period, state=Batch.State.SUBMITTED).select_related("unit")
    batches = Counter(batch.unit.name for batch in waiting)
    if batches:
        found.append(_("%(count)d 个批次还在等审核:%(units)s。") % {"count": sum(batches.values()), "units": join_counts(batches)})
    asked = Adjustment.objects.filter(area=area, period=period, state=Adjustment.State.ASKED).select_related("unit")
    adjustments = Counter(row.unit.name for row in asked)
    if adjustments:
        found.append(
            _("%(count)d 份豁免或目标调整还没有批复:%(units)s。") % {"count": sum(adjustments.values()), "units": join_counts(adjustments)}
        )
    lacking = list_without_target(area, rows)
    if lacking:
        found.append(_("缺少目标值的指标:%(names)s。") % {"names": join_counts(lacking)})
    return found


def list_without_target(area: Unit, rows: list[dict[str, Any]]) -> Counter[str]:
    """Count the cells that need a target and have none, by indicator."""
    needing = dict(Indicator.objects.filter(area=area, needs_target=True).values_list("code", "name"))
    return Counter(needing[row["indicator"]] for row in rows if row["indicator"] in needing and row["target"] is None and not row["exempt"])


def join_counts(counts: Counter[str]) -> str:
    """Return '注采一站 3、注采二站 1' with what is beyond six names counted."""
    named = counts.most_common(NAMED)
    text = "、".join(f"{name} {count}" for name, count in named)
    rest = len(counts) - len(named)
    return text + (ngettext(" 等另 %(rest)d 个", " 等另 %(rest)d 个", rest) % {"rest": rest} if rest else "")


def check_month(area: Unit, period: str, scheme: Any) -> list[str]:
    """Return the warnings for a month that has not been run yet."""
    codes = [indicator.code for indicator in kernel.scheme_of(scheme).indicators]
    return list_warnings(area, period, collect_inputs(area, period, codes))


def has_changed_inputs(run: Run) -> bool:
    """Tell whether the month's inputs are no longer those that the run was computed from."""
    codes = [indicator.code for indicator in kernel.scheme_of(run.scheme).indicators]
    rows = collect_inputs(run.area, run.period, codes)
    return kernel.digest(kernel.write_inputs(rows)) != run.inputs_digest
