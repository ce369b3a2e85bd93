import pytest

from tests.figures.factories import make_indicators


@pytest.fixture
def indicators(world):
    rows = make_indicators(world)
    for code in ("oil", "rectify"):
        rows[code].needs_target = True
        rows[code].save()
    return rows
