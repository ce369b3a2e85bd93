"""The same rules in pandas, column by column, with all that the kernel gives: the rival that does the same work.

Whole numbers throughout, as the contract's rounding asks for; each method's rows are taken apart, counted and told in words
together. It knows of this one scheme what the hand-written SQL knows. `bench.scoring_check` holds its tables against the kernel's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.scoring_data import FULLS, INDICATORS, method_of

Table = Any
KEYS = ["period", "track", "unit"]
MICRO = 1_000_000


def half_up(n: Any, d: Any) -> Any:
    return (2 * n + d) // (2 * d)


def ceiling(n: Any, d: Any) -> Any:
    return -((-n) // d)


def plain(value: Any) -> Any:
    """Write millionths without trailing zeros; not below 0."""
    whole, rest = (value // MICRO).astype("str"), value % MICRO
    return whole.where(rest == 0, whole + "." + rest.astype("str").str.zfill(6).str.rstrip("0"))


def money(units: Any) -> Any:
    """Write hundredths with two decimals; not below 0."""
    return (units // 100).astype("str") + "." + (units % 100).astype("str").str.zfill(2)


def ratio(p: Any, r: Any) -> Any:
    micro = half_up(p * MICRO, r)
    return pd.Series(np.where(micro * r == p * MICRO, " = ", " ≈ "), p.index, dtype="str") + plain(micro)


def pick(index: Any, *cases: tuple[Any, Any], default: Any = "") -> Any:
    """Return for each row the text of its first case that holds."""
    found = pd.Series(default, index, dtype="str")
    for condition, text in reversed(cases):
        found = pd.Series(text, index, dtype="str").where(condition, found)
    return found


def read(folder: Path) -> Table:
    rows = pd.read_parquet(folder)
    for name in ("actual", "target", "base"):
        # decimals come as objects or Arrow's; whole millionths are what the rules are counted in
        rows[name] = (rows[name].astype("float64") * MICRO).round()
    rows = rows.astype(dict.fromkeys((*KEYS, "indicator"), "category"))
    number = {f"i{seq:02d}": seq for seq in range(INDICATORS)}
    rows["seq"] = rows["indicator"].astype("str").map(number)
    rows["method"] = rows["seq"].map({seq: method_of(seq) for seq in range(INDICATORS)}).astype("category")
    rows["f"] = rows["seq"].map({seq: 0 if method_of(seq) == "veto" else FULLS[seq % 4] for seq in range(INDICATORS)}).astype("int64")
    rows["dim"] = rows["seq"] % 4
    return rows.sort_values([*KEYS, "seq"], ignore_index=True)


def mark(rows: Table) -> None:
    """Add x, mark, state and the sentence, method by method."""
    rows["present"] = rows["actual"].notna()
    rows["state"] = np.where(
        rows["present"] | (rows["method"] == "veto"), "ok", np.where(rows["method"].isin(["bands", "direct"]), "exempt", "missing")
    )
    absent = ~rows["present"]
    rows["mark"] = np.where(rows["state"] == "exempt", np.nan, 0.0)
    rows["x"] = np.nan
    rows["because"] = pick(
        rows.index,
        (absent & (rows["method"] == "veto"), "未报,按未发生计"),
        (absent & (rows["state"] == "exempt"), "未报实际值,按规定免考,所在维度按其余指标的满分折算"),
        (absent, "未报实际值,按规定计 0.00"),
    )
    for method, count in (("curve", curve), ("step", step), ("bands", bands), ("events", events), ("direct", direct), ("veto", veto)):
        part = rows[(rows["method"] == method) & rows["present"]]
        a, f = part["actual"].astype("int64"), part["f"]
        found = count(part, a, f)
        for name, values in found.items():
            rows.loc[part.index, name] = values


def curve(part: Table, a: Any, f: Any) -> dict[str, Any]:
    t = part["target"].astype("int64")
    below, rising, bonus = a * 10 < t * 8, a < t, a * 10 < t * 12
    share_n = (500 * a - 400 * t).where(rising, 50 * (a + t))
    share = half_up(share_n.abs() * MICRO, t)
    exact = share * t == share_n.abs() * MICRO
    marks = pd.Series(
        np.select([below, rising, bonus], [0, half_up(500 * f * a - 400 * f * t, t), half_up(50 * f * (a + t), t)], 110 * f), part.index
    )
    head = "完成率 " + plain(a) + " ÷ " + plain(t) + ratio(a, t)
    worth = f.astype("str")
    line = (
        pick(part.index, (rising, ",在 0.8(0%)与 1(100%)之间按直线计"), default=",在 1(100%)与 1.2(110%)之间按直线计")
        + pick(part.index, (exact, " "), default="约 ") + plain(share) + "%," + worth + " × " + plain(share) + "%"
        + pick(part.index, (exact, " = "), default=" ≈ ") + money(marks)
    )  # fmt: skip
    low, high = ",低于起点 0.8,按 0% 计," + worth + " × 0% = 0.00", ",达到终点 1.2,按 110% 计," + worth + " × 110% = " + money(marks)
    return {"mark": marks, "x": half_up(a * MICRO, t), "because": head + low.where(below, line.where(bonus, high))}


def step(part: Table, a: Any, f: Any) -> dict[str, Any]:
    t = part["target"].astype("int64")
    over, apart = a >= t, (a - t).abs()
    steps, far = apart * 100 // t, half_up(apart * MICRO, t)
    marks = (100 * f).where(over, (100 * f - 20 * steps).clip(lower=0))
    worth = f.astype("str")
    text = (
        "完成率 " + plain(a) + " ÷ " + plain(t) + ratio(a, t) + pick(part.index, (over, ",比基准 1 高"), default=",比基准 1 低")
        + pick(part.index, (far * t == apart * MICRO, " "), default="约 ") + plain(far) + ",每 0.01 为一步,满 " + steps.astype("str") + " 个整步," + worth
        + pick(part.index, (over, " + 0 × "), default=" − 0.2 × ") + steps.astype("str")
        + pick(part.index, (~over & (steps * 20 > 100 * f), ",低于下限 0,按下限计 "), default=" = ") + money(marks)
    )  # fmt: skip
    return {"mark": marks, "x": half_up(a * MICRO, t), "because": text}


def bands(part: Table, a: Any, f: Any) -> dict[str, Any]:
    b = part["base"].astype("int64")
    apart, sign = (a - b).abs(), np.where(a < b, -1, 1)
    far = half_up(apart * MICRO, b)
    lowest, low, middle = (a - b) * 10 < -b, a < b, (a - b) * 10 < b
    share = pd.Series(np.select([lowest, low, middle], [0, 50, 80], 100), part.index)
    marks = f * share
    growth = pick(part.index, (far * b == apart * MICRO, " = "), default=" ≈ ") + pick(part.index, ((a < b) & (far > 0), "-")) + plain(far)
    band = pick(
        part.index, (lowest, ",低于最低一档 -0.1,按 0% 计,"), (low, ",达到 -0.1 一档,按 50% 计,"), (middle, ",达到 0 一档,按 80% 计,"),
        default=",达到 0.1 一档,按 100% 计,",
    )  # fmt: skip
    text = (
        "增长率 [" + plain(a) + " − " + plain(b) + "] ÷ |" + plain(b) + "|" + growth + band + f.astype("str") + " × " + share.astype("str") + "% = "
        + money(marks)
    )  # fmt: skip
    return {"mark": marks, "x": sign * far, "because": text}


def events(part: Table, a: Any, f: Any) -> dict[str, Any]:
    times = a // MICRO
    marks = (100 * f - 50 * times).clip(lower=0)
    end = pick(part.index, (times * 50 > 100 * f, ",低于下限 0,按下限计 "), default=" = ")
    return {"mark": marks, "because": "发生 " + plain(a) + " 次," + f.astype("str") + " − 0.5 × " + plain(a) + end + money(marks)}


def direct(part: Table, a: Any, f: Any) -> dict[str, Any]:
    given = half_up(a, 10_000)
    marks = given.clip(upper=100 * f)
    end = (",超过上限 " + f.astype("str") + ",按上限计 ").where(given > 100 * f, ",得 ")
    return {"mark": marks, "because": "评定 " + plain(a) + " 分" + end + money(marks)}


def veto(part: Table, a: Any, f: Any) -> dict[str, Any]:
    struck = a >= MICRO
    end = pick(part.index, (struck, " 次,达到 1 次,触发一票否决:总分不超过 60 分"), default=" 次,未达到 1 次,不触发否决")
    return {"mark": 0, "because": "发生 " + plain(a) + end, "state": np.where(struck, "veto", "ok")}


def total(rows: Table, scored: Table) -> tuple[Table, Table]:
    """Return the dimensions' sums and the units' totals."""
    left = scored["f"].where(scored["mark"].notna(), 0)
    sums = (
        scored.assign(left=left, missing=scored["state"] == "missing")
        .groupby([*KEYS, "dim"], observed=True)[["mark", "f", "left", "missing"]]
        .sum()
    )
    sums = sums.astype("int64")
    divisor = sums["left"].where(sums["left"] > 0, 1)
    sums["sub"] = sums["mark"].where(sums["left"] == sums["f"], half_up(sums["mark"] * sums["f"], divisor)).where(sums["left"] > 0)
    scaled = (sums["left"] != sums["f"]) & (sums["left"] > 0)
    number = sums.index.get_level_values("dim").astype("str")
    said = (
        ";维度" + pd.Series(number, sums.index) + ":有指标免考," + money(sums["mark"]) + " × " + sums["f"].astype("str") + " ÷ " + sums["left"].astype("str")
        + " = " + money(sums["sub"].fillna(0).astype("int64"))
    )  # fmt: skip
    sums["said"] = said.where(scaled, "")
    wide = sums["sub"].unstack("dim")
    totals = sums.assign(kept=sums["f"].where(sums["sub"].notna(), 0)).groupby(KEYS, observed=True)[["sub", "f", "kept", "missing"]].sum()
    totals = totals.astype("int64").join(wide.rename(columns=lambda number: f"dim_d{number}"))
    totals["scaled"] = totals["sub"].where(totals["kept"] == totals["f"], half_up(totals["sub"] * totals["f"], totals["kept"]))
    veto_rows = rows[rows["method"] == "veto"].set_index(KEYS)
    totals["struck"], unsaid = veto_rows["state"].eq("veto"), veto_rows["actual"].isna()
    totals["total"] = totals["scaled"].where(~totals["struck"], totals["scaled"].clip(upper=6000))
    totals["grade"] = pick(totals.index, (totals["total"] >= 8500, "优秀"), default="合格").where(totals["total"] >= 6000)
    reasons = sums["said"].groupby(KEYS, observed=True).agg("".join)
    ends = pick(totals.index, (totals["struck"], ";否决项 指标29 已触发"), (unsaid.reindex(totals.index), ";否决项 指标29 未报,按未发生计"))
    capped = (";一票否决,总分 " + money(totals["scaled"]) + ",不超过 60.00").where(totals["struck"], "")
    totals["because"] = (reasons + ends + capped).str.lstrip(";")
    return sums, totals


def place(totals: Table, rows: Table) -> Table:
    first = rows[rows["seq"] == 0].set_index(KEYS)["mark"]
    order = totals["total"] * 100_000 + first
    groups = ["period", "track"]
    places = totals[["total"]].assign(order=order)
    places["place"] = places.groupby(groups, observed=True)["order"].rank("min", ascending=False).astype("int64")
    places["peers"] = places.groupby(groups, observed=True)["total"].transform("size")
    steps = places.groupby([*groups, "place"], observed=True).agg(of=("total", "max"), tied=("total", "size")).sort_index()
    steps["better"] = steps.groupby(level=groups, observed=True)["of"].shift()
    places = places.join(steps[["tied", "better"]], on=[*groups, "place"])
    places["to_next"] = places["better"] - places["total"]
    return places


def need(rows: Table, sums: Table, totals: Table, places: Table) -> Any:
    """Return for each row the least change that reaches the next place, NaN where none does."""
    better = places["better"]
    wanted = better[(better > places["total"]) & ~(totals["struck"] & (better > 6000))].astype("int64").to_frame("better")
    wanted = wanted.join(totals[["sub", "f", "kept"]].rename(columns={"sub": "sums"}))
    least = wanted["better"].where(wanted["kept"] == wanted["f"], ceiling((2 * wanted["better"] - 1) * wanted["kept"], 2 * wanted["f"]))
    per = sums.join((least - wanted["sums"]).rename("short"), on=KEYS, how="inner")
    per = per[per["left"] > 0]
    reach = per["short"] + per["sub"].astype("int64")
    left = per["left"]
    per["more"] = reach.where(left == per["f"], ceiling((2 * reach - 1) * left, 2 * per["f"])) - per["mark"]
    some = rows[rows["present"] & (rows["method"] != "veto")].join(per["more"], on=[*KEYS, "dim"], how="inner")
    a, f, w = some["actual"].astype("int64"), some["f"], some["mark"].astype("int64") + some["more"].astype("int64")
    t, b = some["target"].fillna(MICRO).astype("int64"), some["base"].fillna(MICRO).astype("int64")
    method, top = some["method"].astype("str"), 100 * f
    on_curve = ceiling((2 * w - 1 + 800 * f) * t, 1000 * f).where(
        w <= top, np.minimum(ceiling((2 * w - 1 - top) * t, top), ceiling(12 * t, 10))
    )
    on_step = ((99 * t) // 100 + 1).where(w == top, ((99 - (top - w) // 20) * t) // 100 + 1)
    on_bands = pd.Series(np.select([w > 80 * f, w > 50 * f], [b + ceiling(b, 10), b], b - b // 10), some.index)
    found = pd.Series(
        np.select(
            [method == "curve", method == "step", method == "bands", method == "events"],
            [on_curve, on_step, on_bands, (top - w) // 50 * MICRO],
            (2 * w - 1) * 5000,
        ),
        some.index,
    )
    needed = found.where(method == "events", ceiling(found, 10_000) * 10_000)
    return needed.where(w <= np.where(method == "curve", 110 * f, top)).reindex(rows.index), a


def gaps(scored: Table, needed: Any) -> Table:
    keys = ["period", "track", "seq"]
    marked = scored[scored["mark"].notna()]
    peers = marked.groupby(keys, observed=True)["mark"].agg(["max", "sum", "count"]).astype("int64")
    leaders = marked.loc[marked.groupby(keys, observed=True)["mark"].idxmax(), [*keys, "unit"]].set_index(keys)["unit"].rename("leader")
    table = scored[[*KEYS, "seq", "indicator", "mark", "lost"]].join(peers, on=keys).join(leaders, on=keys)
    table["to_target"] = scored["target"] - scored["actual"]
    table["to_leader"] = table["max"] - table["mark"]
    apart = table["sum"] - table["mark"] * table["count"]
    table["to_mean"] = np.sign(apart) * half_up(apart.abs(), table["count"])
    table["needed_actual"] = needed.reindex(table.index)
    return table


def score(folder: Path) -> dict[str, Table]:
    """Return the four tables; marks in hundredths, figures in millionths."""
    rows = read(folder)
    mark(rows)
    rows["lost"] = (rows["f"] * 100 - rows["mark"]).clip(lower=0)
    rows["full"] = rows["f"] * 100
    scored = rows[rows["method"] != "veto"]
    sums, totals = total(rows, scored)
    places = place(totals, rows)
    needed, _ = need(rows, sums, totals, places)
    marks = rows[[*KEYS, "indicator", "actual", "target", "x", "full", "mark", "lost", "state", "because"]]
    return {"marks": marks, "totals": totals.reset_index(), "places": places.reset_index(), "gaps": gaps(scored, needed)}


def run(folder: Path, out: Path) -> int:
    """Score and write Parquet."""
    tables = score(folder)
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet", index=False)
    return len(tables["marks"])
