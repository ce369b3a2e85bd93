"""What the Content-Security-Policy forbids may not stand in any template."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "ronghe"
TEMPLATES = sorted(SOURCES.rglob("templates/**/*.html"))

FORBIDDEN = {
    "inline style": re.compile(r"""<[^>]*\sstyle\s*="""),
    "style element": re.compile(r"<style\b"),
    "event handler": re.compile(r"""<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*="""),
    "inline script": re.compile(r"""<script\b(?![^>]*(\ssrc=|type="application/json"))"""),
    "evaluated attribute": re.compile(r"""hx-[\w:-]+\s*=\s*["'](js|javascript):"""),
}


# pages of their own inside a zip: no server of ours hands them out, and a file beside them may be lost
IN_A_ZIP = SOURCES / "archive/templates/archive/zip_style.html"


@pytest.mark.parametrize("template", [path for path in TEMPLATES if path != IN_A_ZIP], ids=lambda path: str(path.relative_to(SOURCES)))
def test_nothing_inline(template):
    text = template.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []
