"""The pictures of 对标, each with its table: places over time, and the marks lost by unit and indicator."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.queries.benchmark import Benchmark

# how deep a cell of the table is shaded, by its share of the greatest loss
SHADES = 4


@dataclass(frozen=True)
class LossCell:
    """One unit's loss in one indicator: one click leads to the mark's sentence."""

    text: str
    url: str
    because: str
    shade: int


def draw_places(found: Benchmark) -> dict[str, Any]:
    """Return the bump chart: a line a unit, the first place on top; one's own unit in its colour."""
    most = max([place for by_month in found.places.values() for place in by_month.values()] + [2])
    return {
        "labels": found.months,
        "decimals": 0,
        "min": 1,
        "max": most,
        "inverse": True,
        "series": [
            {
                "name": line.unit,
                "role": "ours" if line.ours else "other",
                "values": [found.places.get(line.unit_id, {}).get(month) for month in found.months],
            }
            for line in found.lines
        ],
    }


def list_places(found: Benchmark) -> list[tuple[str, list[str]]]:
    """Return unit → its places by month, in the order of the table."""
    return [(line.unit, [str(found.places.get(line.unit_id, {}).get(month, "—")) for month in found.months]) for line in found.lines]


def draw_losses(found: Benchmark) -> dict[str, Any]:
    """Return the heat map of marks lost, a row an indicator and a column a unit; each cell leads to its mark."""
    cells, links = [], []
    for row, (code, _name) in enumerate(found.loss_rows):
        for column, line in enumerate(found.lines):
            mark = found.losses.get((line.unit_id, code))
            if mark is not None and mark.lost is not None:
                cells.append([column, row, kernel.fixed(mark.lost, found.digits)])
                links.append(reverse("assessment:mark", args=[mark.pk]))
    return {
        "columns": [line.unit for line in found.lines],
        "rows": [name for _code, name in found.loss_rows],
        "cells": cells,
        "links": links,
        "min": 0,
        "worse": True,
        "unit": "分",
    }


def list_losses(found: Benchmark) -> list[tuple[str, list[LossCell]]]:
    """Return indicator → its losses by unit, shaded by size."""
    most = max([mark.lost for mark in found.losses.values() if mark.lost is not None] + [Decimal(0)])
    rows = []
    for code, name in found.loss_rows:
        cells = []
        for line in found.lines:
            mark = found.losses.get((line.unit_id, code))
            if mark is None or mark.lost is None:
                cells.append(LossCell("—", "", "", 0))
                continue
            shade = -int(-mark.lost * SHADES // most) if most > 0 and mark.lost > 0 else 0
            text = kernel.fixed(mark.lost, found.digits) if mark.lost else "0"
            cells.append(LossCell(text, reverse("assessment:mark", args=[mark.pk]), mark.because, shade))
        rows.append((name, cells))
    return rows
