"""The same rules in a loop: all four tables (without `because`, which is words) row by row, with the exact plain-Python scorer that
judges the kernel in tests. `apply` walks a pandas frame, `orm` walks Django's models on SQLite and saves each row, as a view would.

The needed figure is found as SCORING.md says it: the unit's total is recomputed for each candidate, and the candidates are halved.
Both work on a sample: what is compared is time for each value, and a sample of small tracks is kind to a loop that looks at all peers.
"""

from __future__ import annotations

import tempfile
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.scoring_data import scheme_text

KEYS = ("period", "track", "unit")
NUMBERS = ("actual", "target", "base")


def make_scorer() -> Any:
    """Return the judge of the tests with a scheme and nothing scored yet."""
    from tests.scoring.oracle import Oracle

    scorer = Oracle(tomllib.loads(scheme_text(), parse_float=Decimal), [])
    scorer.by_code = {item["code"]: item for item in scorer.scheme["indicator"]}
    return scorer


def exact(value: Any) -> Fraction | None:
    return None if value is None or value != value else Fraction(value)


def run_apply(folder: Path) -> int:
    """Score with pandas row by row, in memory."""
    return sum(len(rows) for rows in walk_frame(folder).values())


def walk_frame(folder: Path) -> dict[str, list[Any]]:
    """Return the rows of marks and gaps, as texts."""
    import pandas as pd

    scorer = make_scorer()
    rows = pd.read_parquet(folder).astype(dict.fromkeys((*KEYS, "indicator"), "str"))
    keys = [*KEYS, "indicator"]

    def mark(row: Any) -> Any:
        return scorer.evaluate(scorer.by_code[row["indicator"]], *(exact(row[name]) for name in NUMBERS), False)

    rows["scored"] = rows.apply(mark, axis=1)
    scorer.marks = {(tuple(key[:3]), key[3]): row for *key, row in rows[[*keys, "scored"]].itertuples(index=False)}
    units = rows[list(KEYS)].drop_duplicates().sort_values(list(KEYS))
    scorer.units = [tuple(row) for row in units.itertuples(index=False)]
    scorer.totals = dict(zip(scorer.units, units.apply(lambda row: scorer.total_row(tuple(row), scorer.marks), axis=1), strict=True))
    for _track, group in units.groupby(["period", "track"]):
        scorer.places |= scorer.rank([tuple(row) for row in group.itertuples(index=False)])
    tables: dict[str, list[Any]] = {"marks": [], "totals": [], "places": [], "gaps": []}
    rows.apply(lambda row: scorer.add_rows(tuple(row[list(KEYS)]), scorer.by_code[row["indicator"]], tables), axis=1)
    return tables


def run_orm(folder: Path) -> int:
    """Score with Django's models on an SQLite file with the product's durability (WAL, FULL): unit by unit, each row saved."""
    import django
    import pyarrow.parquet as pq
    from django.conf import settings

    place = tempfile.TemporaryDirectory()
    pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{place.name}/bench.sqlite3", "OPTIONS": {"init_command": pragmas}}
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=[], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()
    from django.db import connection, models, transaction

    class Unit(models.Model):
        period, track, code = models.TextField(), models.TextField(), models.TextField()
        total, to_next = (models.DecimalField(max_digits=12, decimal_places=2, null=True) for _ in range(2))
        place, tied = models.IntegerField(null=True), models.IntegerField(null=True)

        class Meta:
            app_label = "bench"

    class Figure(models.Model):
        owner = models.ForeignKey(Unit, models.CASCADE, related_name="figures")
        indicator, leader = models.TextField(), models.TextField(default="")
        actual, target, base, mark, lost, to_target, to_leader, to_mean, needed = (
            models.DecimalField(max_digits=18, decimal_places=6, null=True) for _ in range(9)
        )

        class Meta:
            app_label = "bench"

    with connection.schema_editor() as editor:
        editor.create_model(Unit)
        editor.create_model(Figure)
    owners: dict[tuple[str, ...], Unit] = {}
    figures = []
    with transaction.atomic():
        for row in pq.read_table(folder).to_pylist():
            key = tuple(str(row[name]) for name in KEYS)
            if key not in owners:
                owners[key] = Unit.objects.create(period=key[0], track=key[1], code=key[2])
            figures.append(Figure(owner=owners[key], indicator=row["indicator"], **{name: row[name] for name in NUMBERS}))
        Figure.objects.bulk_create(figures)
    return loop_models(Unit)


def loop_models(units: Any) -> int:
    """Mark, total, place and compare, one object after the other."""
    from time import perf_counter, process_time

    scorer = make_scorer()
    started = process_time(), perf_counter()
    count = 0
    for unit in units.objects.all():
        key = (unit.period, unit.track, unit.code)
        scorer.units.append(key)
        for figure in unit.figures.all():
            row = scorer.evaluate(scorer.by_code[figure.indicator], *(exact(getattr(figure, name)) for name in NUMBERS), False)
            scorer.marks[key, figure.indicator] = row
            figure.mark = write(row["mark"], 2)
            figure.save()
        scorer.totals[key] = scorer.total_row(key, scorer.marks)
        unit.total = write(scorer.totals[key]["total"], 2)
        unit.save()
    for group in sorted({key[:2] for key in scorer.units}):
        scorer.places |= scorer.rank([key for key in scorer.units if key[:2] == group])
    for unit in units.objects.all():
        key = (unit.period, unit.track, unit.code)
        place = scorer.places[key]
        unit.place, unit.tied = place["place"], place["tied"]
        unit.save()
        for figure in unit.figures.all():
            count += 1
            tables: dict[str, list[Any]] = {"marks": [], "gaps": []}
            scorer.add_rows(key, scorer.by_code[figure.indicator], tables)
            for _period, _track, _unit, _code, _mark, lost, to_target, leader, to_leader, to_mean, needed in tables["gaps"]:
                figure.lost, figure.to_target, figure.leader = lost or None, to_target or None, leader
                figure.to_leader, figure.to_mean, figure.needed = to_leader or None, to_mean or None, needed or None
                figure.save()
    run_orm.spent = process_time() - started[0], perf_counter() - started[1]  # type: ignore[attr-defined]
    return count


def write(value: Fraction | None, digits: int) -> Decimal | None:
    from tests.scoring.oracle import fixed

    return Decimal(fixed(value, digits)) if value is not None else None
