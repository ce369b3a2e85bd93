"""红黄绿 of a forecast: by declared thresholds on what the year will come to, not only on what has been."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ronghe.forecast.model import Forecast

Direction = Literal["up", "down"]
ForecastLight = Literal["green", "yellow", "red"]


@dataclass(frozen=True)
class Thresholds:
    """How far the forecast may miss the target, as shares of the target: up to `green` green, up to `yellow` yellow, else red."""

    green: Decimal = Decimal(0)
    yellow: Decimal = Decimal("0.05")

    def __post_init__(self) -> None:
        if self.yellow < self.green:
            raise ValueError("黄灯的界限不能小于绿灯的界限")


def light_for_forecast(
    forecast: Forecast, target: Decimal | None, direction: Direction, thresholds: Thresholds = Thresholds()
) -> ForecastLight | None:
    """Return the light of a forecast against its target; None without a forecast or a target.

    `direction`: "up" more is better, "down" less is better. A target of zero is missed by any miss at all: red.
    Raises ValueError for another direction.
    """
    if direction not in ("up", "down"):
        raise ValueError(f"方向应为 up 或 down:{direction}")
    if forecast.estimate is None or target is None:
        return None
    miss = target - forecast.estimate if direction == "up" else forecast.estimate - target
    if miss <= thresholds.green * abs(target):
        return "green"
    return "yellow" if miss <= thresholds.yellow * abs(target) else "red"
