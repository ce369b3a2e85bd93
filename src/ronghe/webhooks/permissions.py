"""The 系统管理员 of the area, or above it, says who is told what."""

from typing import Any

import rules

from ronghe.org.permissions import is_system_admin

__all__ = ["is_system_admin", "may_manage"]


@rules.predicate
def may_manage(user: Any, obj: Any = None) -> bool:
    """For a part of the tree or a subscription: reaches its area; above the areas, is held above them."""
    return bool(is_system_admin(user, obj))
