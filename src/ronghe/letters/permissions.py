"""Who writes letters, who signs, who reviews, who reads."""

from typing import Any

import rules

from ronghe.letters.kinds import KEEPERS, OVERSEERS
from ronghe.org.permissions import holder_of, is_in_area
from ronghe.org.standing import standing_of

may_keep = holder_of(*KEEPERS, name="may_keep_letters")
# the menu line; a party without any such post finds its letter by the task and the search
may_see = holder_of(*OVERSEERS, "station_chief", "group_leader", name="may_see_letters")


@rules.predicate
def is_first(user: Any, letter: Any = None) -> bool:
    return letter is None or standing_of(user).person_id == letter.first_id


@rules.predicate
def is_second(user: Any, letter: Any = None) -> bool:
    return letter is None or standing_of(user).person_id == letter.second_id


may_sign = is_in_area & (is_first | is_second)
may_review = is_in_area & is_first
may_answer = is_in_area & is_second
