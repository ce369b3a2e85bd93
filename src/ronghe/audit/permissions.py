"""Who reads the audit. The audit lies below org, so it asks the registry where people stand."""

from typing import Any

from ronghe.common import registry


def is_audit_admin(user: Any, obj: Any = None) -> bool:
    """Holds the post of 审计管理员 somewhere."""
    standing_of = registry.people.get("standing")
    return bool(standing_of and standing_of(user).holds("audit_admin"))
