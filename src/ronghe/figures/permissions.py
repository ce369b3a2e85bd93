"""Who may report, review, urge, ask and grant. Posts decide; nobody decides on what they wrote themselves."""

from typing import Any

import rules

from ronghe.figures.models import READERS, Adjustment, Batch
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.permissions import holder_of, is_indicator_admin, is_reporter, is_reviewer
from ronghe.org.standing import standing_of

reads_figures = holder_of(*READERS, "reporter", "station_chief", "group_leader", name="reads_figures")
reads_area = holder_of(*READERS, name="reads_area")
speaks_for_unit = holder_of("reporter", "station_chief", name="speaks_for_unit")
fills_or_leads = holder_of("reporter", "indicator_admin", "station_chief", "group_leader", name="fills_or_leads")
grants = holder_of("deputy_business", "area_manager", name="grants")

may_report_anywhere = is_reporter | is_indicator_admin
may_manage_periods = is_indicator_admin
may_bring_history = is_indicator_admin
may_see_history = is_indicator_admin | is_reviewer


@rules.predicate
def is_not_sender(user: Any, row: Any = None) -> bool:
    """Did not upload the file; at the door (no row) everybody passes."""
    return row is None or row.author_id != user.pk


may_take_history = is_reviewer & is_not_sender
may_urge = holder_of(*LEADERS, "indicator_admin", "reviewer", name="may_urge")
may_see_board = reads_area
may_see_adjustments = reads_figures


@rules.predicate
def reports_for(user: Any, unit: Unit | None = None) -> bool:
    """Is 填报人 of the unit, or 指标管理员 where the 'unit' is the 管理区 itself."""
    standing = standing_of(user)
    if unit is None:
        return standing.holds(("reporter", "indicator_admin"))
    return standing.holds("reporter", unit_id=unit.pk) or (
        unit.kind == Unit.Kind.AREA and standing.holds("indicator_admin", unit_id=unit.pk)
    )


@rules.predicate
def writes_batch(user: Any, batch: Batch | None = None) -> bool:
    """Reports for the unit of the batch."""
    return batch is None or reports_for(user, batch.unit)


@rules.predicate
def had_no_hand(user: Any, batch: Batch | None = None) -> bool:
    """Wrote nothing in the batch and does not report for its unit, also with another post."""
    return batch is None or (user.pk not in {batch.author_id, *batch.hands} and not reports_for(user, batch.unit))


may_review = is_reviewer & had_no_hand


@rules.predicate
def speaks_for(user: Any, unit: Unit | None = None) -> bool:
    """Is 填报人 or 班站长 of the unit."""
    return standing_of(user).holds(("reporter", "station_chief"), unit_id=unit.pk if unit else None)


@rules.predicate
def did_not_ask(user: Any, adjustment: Adjustment | None = None) -> bool:
    """Is not the one who asked."""
    return adjustment is None or adjustment.asked_by_id != user.pk


may_grant = grants & did_not_ask
