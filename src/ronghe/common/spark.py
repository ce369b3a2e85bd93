"""Small trend lines: from values to the points of an inline SVG. Pure, so that a list can prepare them once a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | float | Decimal

MARGIN = 3


@dataclass(frozen=True)
class Spark:
    """What the SVG needs: one polyline for each unbroken run of values, and where the newest value stands."""

    width: int
    height: int
    runs: tuple[str, ...]
    last: tuple[str, str] | None


def spark(values: Sequence[Number | None], *, width: int = 96, height: int = 28) -> Spark:
    """Scale `values`, oldest first, into the box. A missing value breaks the line; equal values lie in the middle."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return Spark(width, height, (), None)
    low, high = min(known), max(known)
    across = (width - 2 * MARGIN) / max(len(values) - 1, 1)

    def point(index: int, value: Number) -> tuple[str, str]:
        share = (float(value) - low) / (high - low) if high > low else 0.5
        return f"{MARGIN + index * across:.1f}", f"{height - MARGIN - share * (height - 2 * MARGIN):.1f}"

    runs: list[list[tuple[str, str]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(point(index, value))
    drawn = [run for run in runs if run]
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in drawn if len(run) > 1)
    return Spark(width, height, lines, drawn[-1][-1])


def spark_svg(values: Sequence[Number | None], label: str, *, tone: str = "grey") -> SafeString:
    """The same as `<c-spark>`, for a cell of a long table, where a component a row costs too much."""
    drawn = spark(values)
    lines = format_html_join("", '<polyline points="{}"/>', ((run,) for run in drawn.runs))
    end = format_html('<circle cx="{}" cy="{}" r="2.5"/>', *drawn.last) if drawn.last else ""
    return format_html(
        '<svg class="spark spark-{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        tone, drawn.width, drawn.height, label, lines, end,
    )  # fmt: skip
