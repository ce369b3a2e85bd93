"""Two years of oil for the three stations: 一站 on its target, 二站 a little below, 三站 far below."""

import pytest

from ronghe.goals.models import Indicator, Target
from tests.assessment import month

RATES = {"注采一站": 100, "注采二站": 97, "注采三站": 80}
AS_OF = "2026-10"


@pytest.fixture
def told(world):
    """Figures from 2025-01 to 2026-10, a target of 100 for each month of 2026; nothing computed yet."""
    month.add_indicators(world.area)
    months = [f"2025-{n:02d}" for n in range(1, 13)] + [f"2026-{n:02d}" for n in range(1, 11)]
    oil = Indicator.objects.get(area=world.area, code="oil")
    Target.objects.bulk_create(
        Target(area=world.area, unit=world.unit[name], indicator=oil, period=f"2026-{n:02d}", value=100)
        for name in RATES
        for n in range(1, 13)
    )
    for period in months:
        month.report(world, period, {name: {"oil": rate, "petition": 0} for name, rate in RATES.items()})
    Target.objects.filter(period__startswith="2025").delete()
    return world
