"""Who reads and who renews 进度与预测, and who sets what its lights mean."""

from typing import Any

import rules

from ronghe.figures.models import READERS
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import holder_of, is_indicator_admin

may_read_outlook = holder_of(*READERS, "reporter", "station_chief", "group_leader", name="may_read_outlook")
may_refresh = holder_of(*LEADERS, "indicator_admin", name="may_refresh")
may_propose_rule = is_indicator_admin
approves_rules = holder_of("deputy_business", "area_manager", name="approves_rules")


@rules.predicate
def did_not_propose(user: Any, row: Any = None) -> bool:
    """Is not the one who proposed it; at the door (no row) everybody passes."""
    return row is None or row.asked_by_id != user.pk


may_decide_rule = approves_rules & did_not_propose
