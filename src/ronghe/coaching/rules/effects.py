"""Whether a measure worked (转化), pure: before against after, less what the track did in the same months (difference in differences).

Three guards against selling luck as an effect. The month that gave rise to the measure is left out of 'before': a unit is picked in a bad
month, and a bad month is followed by a better one anyway. The others of the track say what would have been expected anyway. And the
interval comes from how much all units of the track swing from month to month, stretched where a month resembles the one before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

BEFORE, AFTER = 12, 6  # months looked at, at most
LEAST_MONTHS = 3  # on either side; with less nothing is said
LEAST_PEERS = 2
SMALL_MONTHS, SMALL_PEERS = 6, 5  # below these the number is said to rest on little
# two-sided 95% points of Student's t; between the rows the more careful one is taken
T95 = (
    (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365), (8, 2.306), (9, 2.262), (10, 2.228), (12, 2.179),
    (15, 2.131), (20, 2.086), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980),
)  # fmt: skip

BETTER, WORSE, UNSURE, NOTHING = "better", "worse", "unsure", "nothing"
WORDS = {BETTER: "有效果", WORSE: "比预料的差", UNSURE: "说不准", NOTHING: "样本不够"}


@dataclass(frozen=True)
class Effect:
    """One before and after: `own` is the unit's change, `expected` the track's, `effect` the difference, `low`..`high` its 95% interval."""

    verdict: str
    own: float | None = None
    expected: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    before: int = 0
    after: int = 0
    peers: int = 0
    error: float | None = None

    @property
    def word(self) -> str:
        return WORDS[self.verdict]

    @property
    def is_small(self) -> bool:
        """Rests on little: said wherever the number is shown."""
        return min(self.before, self.after) < SMALL_MONTHS or self.peers < SMALL_PEERS


def t95(freedom: float) -> float:
    """Return the two-sided 95% point for so many degrees of freedom, rounded to the careful side."""
    found = T95[0][1]
    for least, value in T95:
        if freedom >= least:
            found = value
    return found


def measure_effect(series: Mapping[int, Mapping[str, float]], unit: int, *, months: Sequence[str], trigger: str, start: str) -> Effect:
    """Return what a measure at `unit` did. `series`: unit → month → mark rate, all units of the track; `months` in their order.

    Before: the months ahead of `trigger` (whose result gave rise to it; left out). After: the months behind `start`, in which it began.
    A peer counts with the months that both have; one without enough of them is left out.
    """
    own = series.get(unit, {})
    before = [month for month in months if month < trigger and month in own][-BEFORE:]
    after = [month for month in months if month > start and month in own][:AFTER]
    peers = [pk for pk, row in series.items() if pk != unit and all(month in row for month in (*before, *after))]
    if min(len(before), len(after)) < LEAST_MONTHS or len(peers) < LEAST_PEERS:
        return Effect(NOTHING, before=len(before), after=len(after), peers=len(peers))
    rows = np.array([[series[pk][month] for month in (*before, *after)] for pk in (unit, *peers)], dtype=float)
    cut = len(before)
    change = rows[:, cut:].mean(axis=1) - rows[:, :cut].mean(axis=1)
    expected = float(change[1:].mean())
    effect = float(change[0]) - expected
    error, freedom = find_error(rows, cut)
    half = t95(freedom) * error
    verdict = BETTER if effect - half > 0 else WORSE if effect + half < 0 else UNSURE
    return Effect(verdict, float(change[0]), expected, effect, effect - half, effect + half, len(before), len(after), len(peers), error)


def find_error(rows: np.ndarray, cut: int) -> tuple[float, float]:
    """Return the standard error of the first row's effect and its degrees of freedom.

    What is left of each unit's months once its own level on either side and the track's month are taken away is chance. The first unit's
    own level on either side is taken away too, so that a true effect is not counted as chance.
    """
    units, length = rows.shape
    left = np.empty_like(rows)
    for part in (slice(0, cut), slice(cut, length)):
        block = rows[:, part]
        left[:, part] = block - block.mean(axis=1, keepdims=True) - block.mean(axis=0, keepdims=True) + block.mean()
    freedom = (units - 1) * (length - 2)
    variance = float((left**2).sum()) / freedom
    stretch = find_stretch(left, cut)
    after = length - cut
    iid = variance * (1 / cut + 1 / after)
    return float(np.sqrt(iid * stretch * (1 + 1 / (units - 1)))), max(1.0, freedom / stretch)


def find_stretch(left: np.ndarray, cut: int) -> float:
    """Return by how much the variance of a mean grows because a month resembles the one before it (never less than 1)."""
    pairs = [left[:, :cut], left[:, cut:]]
    above = sum(float((part[:, 1:] * part[:, :-1]).sum()) for part in pairs)
    below = sum(float((part**2).sum()) for part in pairs)
    if below <= 0:
        return 1.0
    length = left.shape[1]
    # taking the means away makes neighbours look less alike than they are (Kendall's bias, for a side of so many months)
    side = length / 2
    likeness = (above / below + 1 / side) / (1 - 3 / side) if side > 3 else above / below
    likeness = min(0.8, max(0.0, likeness))
    return (1 + likeness) / (1 - likeness)


@dataclass(frozen=True)
class Pool:
    """What measures of one kind did together: the mean effect, weighted by how sure each is."""

    count: int
    counted: int
    better: int
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = NOTHING

    @property
    def word(self) -> str:
        return WORDS[self.verdict]


def pool_effects(effects: Sequence[Effect]) -> Pool:
    """Return the effects of one kind together; with fewer than three that count no verdict is given."""
    counted = [one for one in effects if one.effect is not None and one.error]
    better = sum(one.verdict == BETTER for one in counted)
    if not counted:
        return Pool(len(effects), 0, 0)
    values = np.array([one.effect for one in counted], dtype=float)
    weights = np.array([1 / one.error**2 for one in counted if one.error], dtype=float)
    mean = float((values * weights).sum() / weights.sum())
    error = float(np.sqrt(1 / weights.sum()))
    if len(counted) > 1:
        # where the effects differ by more than their own chance, that too is uncertainty
        spread = float(((values - mean) ** 2 * weights).sum()) / (len(counted) - 1)
        error *= max(1.0, spread) ** 0.5
    half = t95(max(1, len(counted) - 1)) * error if len(counted) > 1 else t95(30) * error
    verdict = NOTHING if len(counted) < LEAST_MONTHS else BETTER if mean - half > 0 else WORSE if mean + half < 0 else UNSURE
    return Pool(len(effects), len(counted), better, mean, mean - half, mean + half, verdict)
