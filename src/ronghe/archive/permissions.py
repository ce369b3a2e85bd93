"""Who may: the year's folder is the 书记's and the 党群副职's; whoever registers papers, and whoever answers to an inspection."""

from typing import Any

import rules

from ronghe.archive.models import Dispatch
from ronghe.archive.models.bundles import ARCHIVISTS
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, holder_of, is_in_area
from ronghe.org.standing import standing_of

__all__ = ["is_in_area"]

may_archive = holder_of(*ARCHIVISTS, name="may_archive")
may_pack = holder_of(*LEADERS, "discipline_member", "station_chief", "group_leader", name="may_pack")
may_register = holder_of(*LEADERS, "station_chief", "reporter", "indicator_admin", name="may_register")


@rules.predicate
def handles(user: Any, obj: Dispatch | None = None) -> bool:
    """Whoever has to deal with it says what became of it; whoever registered it may too."""
    standing = standing_of(user)
    if obj is None:
        return bool(standing.readable_areas)
    return standing.person_id in (obj.handler_id, obj.registered_by_id) and area_of(obj) in standing.readable_areas


@rules.predicate
def may_void(user: Any, obj: Dispatch | None = None) -> bool:
    """Who registered it, or keeps the archive."""
    if obj is None:
        return bool(may_register(user))
    return bool(may_archive(user, obj)) or (standing_of(user).person_id == obj.registered_by_id and bool(may_register(user, obj)))
