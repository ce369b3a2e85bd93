"""The numbers of the same rules in Polars, in vectorised pandas, row by row in pandas, and in an ORM loop.

They compute marks, totals, places, leaders and means; no sentences and no needed figures, which the kernel and the SQL
by hand do as well. Polars and pandas count in floats (rounded to an exact grid at the end): an analyst's way.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from bench.scoring_data import FULLS, INDICATORS, method_of

KEYS = ["period", "track", "unit"]


def _items() -> list[dict[str, Any]]:
    return [
        {"indicator": f"i{number:02d}", "method": method_of(number), "dim": number % 4, "full": float(FULLS[number % 4])}
        for number in range(INDICATORS)
    ]


def run_polars(folder: Path) -> int:
    """Score with Polars, lazily and on all cores."""
    import polars as pl

    numbers = [pl.col(name).cast(pl.Float64) for name in ("actual", "target", "base")]
    rows = (
        pl.scan_parquet(folder / "**/*.parquet", hive_partitioning=True)
        .with_columns(*numbers)
        .with_columns(pl.col("indicator").cast(pl.String), pl.col("period").cast(pl.String))
    )
    rows = rows.join(pl.LazyFrame(_items()), on="indicator")
    x = pl.col("actual") / pl.col("target")
    growth = (pl.col("actual") - pl.col("base")) / pl.col("base")
    full = pl.col("full")
    half_up = lambda value: ((value * 100 + 0.5 + 1e-9).floor()) / 100  # noqa: E731
    curve = pl.when(x < 0.8).then(0.0).when(x < 1).then(full * (5 * x - 4)).when(x < 1.2).then(full * (0.5 + 0.5 * x)).otherwise(full * 1.1)
    step = pl.when(x >= 1).then(full).otherwise((full - 0.2 * ((1 - x) * 100 + 1e-9).floor()).clip(lower_bound=0))
    bands = full * pl.when(growth < -0.1).then(0.0).when(growth < 0).then(0.5).when(growth < 0.1).then(0.8).otherwise(1.0)
    mark = (
        pl.when(pl.col("method") == "veto").then(0.0)
        .when(pl.col("actual").is_null()).then(pl.when(pl.col("method").is_in(["bands", "direct"])).then(None).otherwise(0.0))
        .when(pl.col("method") == "curve").then(half_up(curve))
        .when(pl.col("method") == "step").then(half_up(step))
        .when(pl.col("method") == "bands").then(half_up(bands))
        .when(pl.col("method") == "events").then((full - 0.5 * pl.col("actual")).clip(lower_bound=0))
        .otherwise(pl.min_horizontal(half_up(pl.col("actual")), full))
    )  # fmt: skip
    marks = rows.with_columns(mark=mark).select(*KEYS, "indicator", "method", "dim", "full", "actual", "mark")
    marks = marks.with_columns(lost=(full - pl.col("mark")).clip(lower_bound=0)).collect()
    scored = marks.filter(pl.col("method") != "veto")
    sums = scored.group_by(*KEYS, "dim").agg(s=pl.col("mark").sum(), every=full.sum(), left=full.filter(pl.col("mark").is_not_null()).sum())
    sums = sums.with_columns(sub=pl.when(pl.col("left") == 0).then(None).otherwise(half_up(pl.col("s") * pl.col("every") / pl.col("left"))))
    kept = pl.col("every").filter(pl.col("sub").is_not_null()).sum()
    totals = sums.group_by(*KEYS).agg(total=half_up(pl.col("sub").sum() * pl.col("every").sum() / kept))
    struck = marks.filter((pl.col("method") == "veto") & (pl.col("actual") >= 1)).select(*KEYS, struck=pl.lit(True))
    totals = totals.join(struck, on=KEYS, how="left").with_columns(
        total=pl.when(pl.col("struck")).then(pl.col("total").clip(upper_bound=60)).otherwise(pl.col("total"))
    )
    totals = totals.with_columns(place=pl.col("total").rank("min", descending=True).over("period", "track"))
    peers = scored.group_by("period", "track", "indicator").agg(best=pl.col("mark").max(), mean=pl.col("mark").mean())
    gaps = scored.join(peers, on=["period", "track", "indicator"])
    gaps = gaps.with_columns(to_leader=pl.col("best") - pl.col("mark"), to_mean=pl.col("mean") - pl.col("mark"))
    return int(gaps.height + totals.sort(KEYS).height)


def run_pandas(folder: Path) -> int:
    """Score with pandas, column by column."""
    import numpy as np
    import pandas as pd

    rows = pd.read_parquet(folder)
    for name in ("actual", "target", "base"):
        rows[name] = rows[name].astype("float64")
    rows = rows.astype(dict.fromkeys((*KEYS, "indicator"), "category"))
    items = pd.DataFrame(_items()).set_index("indicator")
    code = rows["indicator"].astype("str")
    rows["full"], rows["dim"], method = code.map(items["full"]), code.map(items["dim"]), code.map(items["method"])
    x, full, actual = rows["actual"] / rows["target"], rows["full"], rows["actual"]
    growth = (actual - rows["base"]) / rows["base"]
    curve = np.select([x < 0.8, x < 1, x < 1.2], [0.0, full * (5 * x - 4), full * (0.5 + 0.5 * x)], full * 1.1)
    step = np.where(x >= 1, full, np.maximum(full - 0.2 * np.floor((1 - x) * 100 + 1e-9), 0))
    bands = full * np.select([growth < -0.1, growth < 0, growth < 0.1], [0.0, 0.5, 0.8], 1.0)
    raw = np.select(
        [method == "veto", method == "curve", method == "step", method == "bands", method == "events"],
        [0.0, curve, step, bands, np.maximum(full - 0.5 * actual, 0)],
        np.minimum(actual, full),
    )
    rows["mark"] = np.floor(raw * 100 + 0.5 + 1e-9) / 100
    missing = actual.isna() & (method != "veto")
    rows.loc[missing, "mark"] = np.where(method[missing].isin(["bands", "direct"]), np.nan, 0.0)
    rows["lost"] = np.maximum(full - rows["mark"], 0)
    rows["veto"] = method == "veto"
    scored = rows[~rows["veto"]].assign(left=lambda t: t["full"].where(t["mark"].notna(), 0.0))
    sums = scored.groupby([*KEYS, "dim"], observed=True)[["mark", "full", "left"]].sum()
    sub = (sums["mark"] * sums["full"] / sums["left"].where(sums["left"] > 0)).to_frame("sub")
    sub["sub"] = np.floor(sub["sub"] * 100 + 0.5 + 1e-9) / 100
    sub["full"], sub["kept"] = sums["full"], sums["full"].where(sub["sub"].notna(), 0.0)
    totals = sub.groupby(KEYS, observed=True).sum()
    totals["total"] = np.floor(totals["sub"] * totals["full"] / totals["kept"] * 100 + 0.5 + 1e-9) / 100
    struck = rows[rows["veto"] & (rows["actual"] >= 1)].set_index(KEYS).index
    totals.loc[totals.index.isin(struck), "total"] = totals["total"].clip(upper=60)
    totals["place"] = totals.groupby(["period", "track"], observed=True)["total"].rank("min", ascending=False)
    peers = scored.groupby(["period", "track", "indicator"], observed=True)["mark"].agg(["max", "mean"])
    gaps = scored.merge(peers, left_on=["period", "track", "indicator"], right_index=True)
    gaps["to_leader"], gaps["to_mean"] = gaps["max"] - gaps["mark"], gaps["mean"] - gaps["mark"]
    return len(gaps) + len(totals.sort_index())


def mark_by_hand(method: str, full: float, actual: Any, target: Any, base: Any) -> Decimal | None:
    """Return one mark with decimals, as a program that goes row by row would."""
    cent, worth = Decimal("0.01"), Decimal(full)
    if method == "veto":
        return Decimal(0)
    if actual is None:
        return None if method in ("bands", "direct") else Decimal(0)
    if method == "curve":
        x = actual / target
        pieces = ((Decimal("0.8"), Decimal(0)), (Decimal(1), 5 * x - 4), (Decimal("1.2"), (1 + x) / 2))
        share = next((share for end, share in pieces if x < end), Decimal("1.1"))
        return (worth * share).quantize(cent, ROUND_HALF_UP)
    if method == "step":
        steps = max((1 - actual / target) * 100, Decimal(0)) // 1
        return max(worth - steps / 5, Decimal(0))
    if method == "bands":
        growth = (actual - base) / base
        pieces = ((Decimal("-0.1"), Decimal(0)), (Decimal(0), Decimal("0.5")), (Decimal("0.1"), Decimal("0.8")))
        return worth * next((share for end, share in pieces if growth < end), Decimal(1))
    if method == "events":
        return max(worth - actual / 2, Decimal(0))
    return min(actual, worth).quantize(cent, ROUND_HALF_UP)


def run_apply(folder: Path) -> int:
    """Score with pandas row by row: marks and totals only."""
    import pandas as pd

    rows = pd.read_parquet(folder)
    items = {item["indicator"]: item for item in _items()}

    def mark(row: Any) -> Decimal | None:
        item = items[row["indicator"]]
        return mark_by_hand(
            item["method"], item["full"], *(None if pd.isna(row[name]) else row[name] for name in ("actual", "target", "base"))
        )

    rows["mark"] = rows.apply(mark, axis=1)
    rows = rows.astype(dict.fromkeys(KEYS, "str"))
    totals = rows.groupby(KEYS)["mark"].apply(lambda marks: sum(m for m in marks if m is not None))
    return len(rows) + len(totals)


def run_orm(folder: Path) -> int:
    """Score with Django's ORM on SQLite in memory: a loop over units and figures that saves each mark and total."""
    import django
    import pyarrow.parquet as pq
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=[], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()
    from django.db import connection, models

    class Unit(models.Model):
        period, track, code = models.TextField(), models.TextField(), models.TextField()
        total = models.DecimalField(max_digits=12, decimal_places=2, null=True)

        class Meta:
            app_label = "bench"

    class Figure(models.Model):
        owner = models.ForeignKey(Unit, models.CASCADE, related_name="figures")
        indicator = models.TextField()
        actual, target, base, mark = (models.DecimalField(max_digits=18, decimal_places=6, null=True) for _ in range(4))

        class Meta:
            app_label = "bench"

    with connection.schema_editor() as editor:
        editor.create_model(Unit)
        editor.create_model(Figure)
    owners: dict[tuple[str, ...], Unit] = {}
    figures = []
    for row in pq.read_table(folder).to_pylist():
        key = tuple(str(row[name]) for name in KEYS)
        if key not in owners:
            owners[key] = Unit.objects.create(period=key[0], track=key[1], code=key[2])
        numbers = {name: row[name] for name in ("actual", "target", "base")}
        figures.append(Figure(owner=owners[key], indicator=row["indicator"], **numbers))
    Figure.objects.bulk_create(figures)
    return _loop(Unit)


def _loop(units: Any) -> int:
    from time import perf_counter, process_time

    items = {item["indicator"]: item for item in _items()}
    started = process_time(), perf_counter()
    count = 0
    for unit in units.objects.all():
        unit.total = Decimal(0)
        for figure in unit.figures.all():
            item = items[figure.indicator]
            figure.mark = mark_by_hand(item["method"], item["full"], figure.actual, figure.target, figure.base)
            figure.save()
            unit.total += figure.mark or 0
            count += 1
        unit.save()
    for unit in units.objects.all():
        units.objects.filter(period=unit.period, track=unit.track, total__gt=unit.total).count()
    run_orm.spent = process_time() - started[0], perf_counter() - started[1]  # type: ignore[attr-defined]
    return count
