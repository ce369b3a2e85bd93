"""The daily tick: what a context wants done once a day, registered by its apps.py and run by `ronghe worker`.

A tick must be idempotent: run twice, late, or for a day that another worker is already running, it changes nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ronghe.common.registry import Registry


@dataclass(frozen=True)
class Tick:
    """`run(day)` does the day's work and returns a sentence about it. It may start from `hour` (local time) on.

    With `each_day`, days on which no worker ran are made up for one by one; without, only today counts.
    """

    title: str
    run: Callable[[date], str]
    hour: int = 0
    each_day: bool = False


ticks: Registry[Tick] = Registry()
