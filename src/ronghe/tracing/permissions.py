"""Who traces: who cures, who leads the unit, who oversees."""

from typing import Any

import rules

from ronghe.org.permissions import is_in_area
from ronghe.rectification.permissions import is_owner, is_verifier, leads_unit, oversees

__all__ = ["is_in_area"]

# (user, item)
may_trace = is_in_area & (is_owner | leads_unit | is_verifier | oversees)
may_release = is_in_area & (is_verifier | oversees)


@rules.predicate
def may_trace_row(user: Any, row: Any = None) -> bool:
    return bool(may_trace(user, None if row is None else row.item))
