"""Who may prepare, publish and read an assessment: small predicates over the posts held now."""

from typing import Any

import rules

from ronghe.assessment.models import PREVIEWERS
from ronghe.org.permissions import holder_of, is_in_area, is_indicator_admin, is_upper_committee

# 公示 is decided by these three; who computed the run is never the one who publishes it
is_publisher = holder_of("branch_secretary", "area_manager", "deputy_business", name="is_publisher")
is_previewer = holder_of(*PREVIEWERS, name="is_previewer")

may_read_ranking = is_in_area | is_upper_committee
may_run = is_indicator_admin
may_preview = is_previewer
may_write_scheme = is_indicator_admin | is_publisher
may_read_scheme = is_in_area | is_upper_committee


@rules.predicate
def is_someone_else(user: Any, obj: Any = None) -> bool:
    """Is not the author of the row; at the door (no row) everybody passes."""
    return obj is None or obj.author_id != user.pk


may_publish = is_publisher & is_someone_else
may_approve_scheme = is_publisher & is_someone_else
may_drop = is_indicator_admin | is_publisher
