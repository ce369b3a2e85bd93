"""The small month of tests/assessment/month.py, ready to run."""

import pytest

from tests.assessment import cases, month


@pytest.fixture
def ready(world):
    """Indicators, a published scheme and confirmed figures of 2026-10."""
    month.add_indicators(world.area)
    month.adopt(world)
    month.report(world, "2026-10", month.ACTUALS)
    return world


@pytest.fixture
def shown(ready):
    """The same with 2026-10 published: `shown.run`."""
    ready.run = month.publish(ready)
    return ready


@pytest.fixture
def judged(ready):
    """2026-10 reported by 何静, confirmed by 钱进, computed by 赵敏, published by 李建国: `judged.run`."""
    cases.confirm_all(ready)
    ready.run = month.publish(ready)
    return ready
