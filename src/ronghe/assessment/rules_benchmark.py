"""对标 (M3): who stands where in a track by one measure, and how far from the best, the mean, the target, last year, the own best."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def pick_best(values: Iterable[Decimal | None], direction: str) -> Decimal | None:
    """Return the best of what is known: the greatest, or the least where less is better; None where there is no better."""
    known = [value for value in values if value is not None]
    if not known or direction == "none":
        return None
    return min(known) if direction == "down" else max(known)


def pick_best_month(values: Mapping[str, Decimal | None], direction: str) -> str:
    """Return the newest month that holds the best value; '' where there is none."""
    best = pick_best(values.values(), direction)
    return max((month for month, value in values.items() if best is not None and value == best), default="")


def give_places(values: Mapping[int, Decimal | None], direction: str) -> dict[int, int]:
    """Return unit → place; equal values share one and the next is left out. A unit without a value has none, nor has any by a measure without direction."""
    if direction == "none":
        return {}
    known = {unit: value for unit, value in values.items() if value is not None}
    return {unit: 1 + sum(is_better(other, value, direction) for other in known.values()) for unit, value in known.items()}


def is_better(value: Decimal, other: Decimal, direction: str) -> bool:
    """Tell whether a value is truly better than another."""
    return value < other if direction == "down" else value > other


def measure_step(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return how far a value lies from another; None where either is unknown."""
    return None if value is None or other is None else value - other
