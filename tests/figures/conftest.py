import pytest

from tests.figures.factories import make_indicators, make_period


@pytest.fixture
def indicators(world):
    return make_indicators(world)


@pytest.fixture
def period(world, indicators):
    """Last month, open today, asked of 何静, 罗兰 and 宋文."""
    return make_period(world)
