"""How long a login name waits after failures, from wherever they came; which mail addresses may be entered."""

from collections.abc import Sequence
from datetime import timedelta

FREE_FAILURES = 5
LONGEST_WAIT = 60  # seconds: slows guessing to a crawl, and lets nobody keep the owner out


def wait_after(failures: int) -> timedelta:
    """Return the wait before the next try: none for the first five failures, then 2, 4, 8 … at most 60 seconds."""
    over = failures - FREE_FAILURES
    return timedelta(seconds=min(LONGEST_WAIT, 2**over)) if over > 0 else timedelta()


def is_own_mail(email: str, domains: Sequence[str]) -> bool:
    """Tell whether an address belongs to the organisation: its domain, or one under it. Without named domains any does."""
    domain = email.rpartition("@")[2].lower()
    return not domains or any(domain == own.lower() or domain.endswith(f".{own.lower()}") for own in domains)
