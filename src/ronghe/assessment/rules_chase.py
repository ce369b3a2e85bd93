"""When a 追标方案 and its steps count as reached: pure values in, values out."""

from collections.abc import Sequence
from decimal import Decimal


def is_step_met(
    *, before: Decimal | None, wanted: Decimal | None, x_wanted: Decimal | None, came: Decimal | None, x_came: Decimal | None
) -> bool | None:
    """Tell whether a figure came at least as far as it was to go; None where none came.

    Where the method looks at a ratio, the ratio decides (`x_wanted`): targets differ from month to month.
    """
    if came is None or wanted is None:
        return None
    rises = before is None or wanted >= before
    mine, aim = (x_came, x_wanted) if x_wanted is not None and x_came is not None else (came, wanted)
    return mine >= aim if rises else mine <= aim


def is_aim_met(
    aim: str,
    *,
    place: int | None,
    total: Decimal | None,
    place_came: int | None,
    total_came: Decimal | None,
    steps: Sequence[bool],
) -> bool:
    """Tell whether the whole is reached: the place, the total, or every figure, as the plan declares."""
    if aim == "place":
        return place is not None and place_came is not None and place_came <= place
    if aim == "total":
        return total is not None and total_came is not None and total_came >= total
    return bool(steps) and all(steps)
