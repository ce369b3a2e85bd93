"""Who sees the steps of a new unit, and who may say that one is not needed: whoever does it."""

from typing import Any

import rules

from ronghe.opening.rules import BY_CODE, STEPS
from ronghe.org.kinds import LEADERS
from ronghe.org.standing import standing_of

DOERS = tuple(dict.fromkeys([*(kind for step in STEPS for kind in step.posts), *LEADERS]))


@rules.predicate
def may_see_opening(user: Any, area: Any = None) -> bool:
    """Does one of the steps, or leads the area."""
    return standing_of(user).holds(DOERS, area_id=area.pk if area is not None else None)


@rules.predicate
def may_do_step(user: Any, target: Any = None) -> bool:
    """Holds a post that does the step. `target`: (area, code of the step); at the door: any of them."""
    if target is None:
        return may_see_opening(user)
    area, code = target
    return standing_of(user).holds(BY_CODE[code].posts, area_id=area.pk)
