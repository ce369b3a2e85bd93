"""A moment's day is the day here: `.date()` of an aware moment is that of London, wrong until eight in the morning."""

import re
from pathlib import Path

import ronghe

WRONG = re.compile(r"(?:_at|\bat)\.date\(\)")


def test_no_day_is_read_from_utc():
    source = Path(ronghe.__file__).parent
    wrong = [
        f"{path.relative_to(source)}: {line.strip()}"
        for path in sorted(source.rglob("*.py"))
        if "migrations" not in path.parts and "demo" not in path.parts
        for line in path.read_text().splitlines()
        if WRONG.search(line)
    ]
    assert wrong == []
