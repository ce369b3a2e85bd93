"""A menu that is longer than a screen is folded to where one is."""

import pytest

from ronghe.common.shell import LONG_MENU, MenuLine, MenuSection, fold_sections


def make_sections(*sizes, active=None):
    sections = [MenuSection(f"{n}", [MenuLine(f"{n}.{m}", "/", "x", False, count=m) for m in range(size)]) for n, size in enumerate(sizes)]
    if active is not None:
        sections[active].items[-1].active = True
    return sections


@pytest.mark.parametrize(
    ("sizes", "active", "opened"),
    [
        ((4, LONG_MENU - 4), None, [True, True]),
        ((4, LONG_MENU - 3), None, [True, False]),
        ((4, 9, 9), 2, [True, False, True]),
        ((4, 9, 9), 0, [True, False, False]),
    ],
)
def test_sections_are_folded(sizes, active, opened):
    sections = make_sections(*sizes, active=active)
    fold_sections(sections)
    assert [section.open for section in sections] == opened


def test_a_folded_section_shows_what_its_lines_count():
    assert make_sections(3)[0].count == 3
