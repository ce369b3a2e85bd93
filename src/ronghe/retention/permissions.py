"""Who may: a rule for the whole deployment is proposed by the 系统管理员 above the areas and put in force by the 安全管理员 above them."""

from typing import Any

import rules

from ronghe.org.permissions import is_administrator, is_security_admin
from ronghe.org.standing import standing_of

may_read = is_administrator


@rules.predicate
def may_propose(user: Any, obj: Any = None) -> bool:
    return standing_of(user).holds_above("system_admin")


@rules.predicate
def may_decide(user: Any, obj: Any = None) -> bool:
    """A rule is decided on by somebody else than who proposed it."""
    return standing_of(user).holds_above("security_admin") and (obj is None or obj.proposed_by_id != user.pk)


@rules.predicate
def may_hold(user: Any, obj: Any = None) -> bool:
    """`obj`: a hold or an area, or None for the door; a hold on everything is for the 安全管理员 above the areas."""
    if obj is None:
        return bool(is_security_admin(user))
    if getattr(obj, "area_id", None) is None:
        return standing_of(user).holds_above("security_admin")
    return bool(is_security_admin(user, obj))
