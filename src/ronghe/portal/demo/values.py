"""The usual figure of an indicator in a month, by its shape in profiles.toml, before anything special happened.

Every value has its own generator, seeded by what it is, so one more indicator or unit changes no other figure.
Months are counted from a start three years back: `step` 0 is the oldest.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.portal.demo.months import count_days

MEAN_DAYS = 30.4
MONTHLY_DECLINE = 0.005
# Cold and rain cost oil; the plan knows the season too.
SEASON = {1: 0.982, 2: 0.985, 7: 0.992, 8: 0.986, 12: 0.988}


@dataclass(frozen=True)
class Place:
    """Where and when a value is drawn, and how able the unit is then."""

    unit: str
    track: str
    month: date
    step: int
    skill: float
    people: int
    oil: int  # tonnes a month at step 0
    seed: int

    def open_random(self, indicator: str, purpose: str = "") -> random.Random:
        return random.Random(f"{self.seed}|{self.unit}|{indicator}|{self.month:%Y-%m}|{purpose}")

    def open_lasting_random(self, indicator: str) -> random.Random:
        """The same for a unit in every month: its own level."""
        return random.Random(f"{self.seed}|{self.unit}|{indicator}")


def draw_target(profile: dict[str, Any], code: str, place: Place) -> float | None:
    """The planned target of the month; None where the indicator has none."""
    if "target" in profile:
        return float(profile["target"])
    if profile["shape"] == "oil":
        return _plan_oil(place)
    if profile["shape"] == "decline":
        return _plan_decline(place)
    if profile["shape"] in ("against", "cost"):
        return _plan_level(profile, code, place)
    return None


def draw_value(profile: dict[str, Any], code: str, place: Place, target: float | None) -> float | None:
    """The actual of the month; None where nothing was due."""
    rng = place.open_random(code)
    shape = profile["shape"]
    if shape == "sheet":
        return None
    if shape == "ratio":
        return _draw_ratio(profile, place, rng)
    if shape == "count":
        return float(_draw_count(profile["rate"], place, rng))
    if shape == "people":
        return 100 * min(1, _draw_count(profile["rate"], place, rng)) / place.people
    if shape == "good":
        chance = profile["chance"] * (1 + 0.3 * place.skill)
        return float(sum(rng.random() < chance for _ in range(profile["most"])))
    if shape == "oil":
        return _draw_oil(place, rng)
    if shape == "growth":
        return _draw_growth(profile, code, place, rng)
    if target is None:
        return _draw_level(profile, place, rng)
    if shape == "decline":
        return max(2.0, target + rng.gauss(0.02 - 0.2 * place.skill, 0.3))
    if shape == "cost":
        return target * rng.gauss(1 - 0.012 * place.skill, 0.018)
    return target * rng.gauss(profile["mean"] + profile["tilt"] * place.skill, profile["sd"])


def adjust_cost(cost: float, oil: float, planned_oil: float) -> float:
    """About two thirds of a station's cost does not depend on its oil, so a tonne costs more in a poor month."""
    return cost * (0.35 + 0.65 * planned_oil / oil)


def _draw_ratio(profile: dict[str, Any], place: Place, rng: random.Random) -> float | None:
    if rng.random() < profile.get("none", 0):
        return None
    due = rng.randint(*profile["due"])
    miss = profile["miss"] * (1 - 0.7 * place.skill)
    done = sum(rng.random() >= miss for _ in range(due))
    return 100 * done / due


def _draw_count(rate: float, place: Place, rng: random.Random) -> int:
    """How many of up to eight chances came true: close enough to a Poisson draw, and never wild."""
    expected = rate * (1 - 0.6 * place.skill) * (1 if place.track == "production" else 0.4)
    return sum(rng.random() < expected / 8 for _ in range(8))


def _draw_level(profile: dict[str, Any], place: Place, rng: random.Random) -> float:
    value = rng.gauss(profile["mean"] + profile["tilt"] * place.skill, profile["sd"])
    return max(profile.get("low", 0), min(profile.get("high", 1e9), value))


def _draw_growth(profile: dict[str, Any], code: str, place: Place, rng: random.Random) -> float:
    low, high = profile["level"]
    level = place.open_lasting_random(code).uniform(low, high)
    yearly = profile["yearly"] * (1 + 0.8 * place.skill)
    return level * (1 + yearly) ** (place.step / 12) * rng.gauss(1, profile["sd"])


def _expect_oil(place: Place, step: int) -> float:
    month = count_days(place.month) / MEAN_DAYS * SEASON.get(place.month.month, 1.0)
    return place.oil * (1 - MONTHLY_DECLINE) ** step * month


def _draw_oil(place: Place, rng: random.Random) -> float:
    return _expect_oil(place, place.step) * rng.gauss(1 + 0.012 * place.skill, 0.012)


def _plan_oil(place: Place) -> float:
    """Rounded to ten tonnes, as plans are, and one percent above what may be expected."""
    return round(_expect_oil(place, place.step) * 1.01 / 10) * 10.0


def _plan_decline(place: Place) -> float:
    """The limit grows over the year, since the rate is counted from January on."""
    yearly = place.open_lasting_random("decline").uniform(9.5, 12.5)
    return round(yearly * (0.6 + 0.4 * place.month.month / 12), 1)


def _plan_level(profile: dict[str, Any], code: str, place: Place) -> float:
    """A yearly figure that holds for all its months."""
    if "targets" in profile:
        level = float(profile["targets"][place.unit])
    else:
        low, high = profile["level"]
        level = place.open_lasting_random(code).uniform(low, high)
    years = (place.step - place.month.month + 1) // 12
    return round(level * (1 + profile["yearly"]) ** years, 0 if level > 200 else 1)
