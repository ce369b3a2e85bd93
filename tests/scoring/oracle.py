"""A scorer in plain Python with exact fractions, written straight from SCORING.md: the judge of the kernel in tests.

It reads the scheme as TOML data and the figures as dicts of texts, and shares no code with the kernel. It returns each
result table as a list of rows of texts, without `because`, which is words.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

LIMIT = 10**18 - 1


def score(scheme_text: str, rows: list[dict[str, str]]) -> dict[str, list[list[str]]]:
    scheme = tomllib.loads(scheme_text, parse_float=Decimal)
    return Oracle(scheme, rows).tables()


def half_up(value: Fraction, digits: int) -> Fraction:
    size = Fraction(floor(abs(value) * 10**digits + Fraction(1, 2)), 10**digits)
    return size if value >= 0 else -size


def fixed(value: Fraction | None, digits: int) -> str:
    if value is None:
        return ""
    units = int(half_up(value, digits) * 10**digits)
    sign, text = ("-" if units < 0 else ""), str(abs(units)).rjust(digits + 1, "0")
    return sign + (text[:-digits] + "." + text[-digits:] if digits else text)


def plain(value: Fraction | None) -> str:
    text = fixed(value, 6)
    return text.rstrip("0").rstrip(".") if text else ""


def number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


class Oracle:
    def __init__(self, scheme: dict, rows: list[dict[str, str]]) -> None:
        self.scheme = scheme
        self.head = scheme["scheme"]
        self.digits = self.head.get("digits", 2)
        self.ranking = scheme.get("ranking", {})
        self.cells = {(row["period"], row.get("track") or "-", row["unit"], row["indicator"]): row for row in rows}
        self.units = sorted({key[:3] for key in self.cells})
        self.marks = {(unit, item["code"]): self.mark_row(unit, item) for unit in self.units for item in self.items(unit[1])}
        self.totals = {unit: self.total_row(unit, self.marks) for unit in self.units}
        self.places = {}
        for group in sorted({unit[:2] for unit in self.units}):
            self.places |= self.rank([unit for unit in self.units if unit[:2] == group])

    def items(self, track: str) -> list[dict]:
        return [item for item in self.scheme["indicator"] if track in item.get("tracks", [track])]

    # --- marks

    def mark_row(self, unit: tuple, item: dict) -> dict:
        row = self.cells.get((*unit, item["code"]), {})
        actual, target, base = (number(row.get(name, "")) for name in ("actual", "target", "base"))
        return self.evaluate(item, actual, target, base, bool(row.get("exempt")))

    def evaluate(self, item: dict, actual, target, base, exempt: bool) -> dict:
        full = Fraction(item.get("full", 0))
        result = {
            "item": item,
            "actual": actual,
            "target": target,
            "base": base,
            "x": None,
            "full": full,
            "mark": None,
            "state": "ok",
            "exempt": exempt,
            "struck": False,
        }
        looks = item["method"] in ("curve", "step", "bands")
        x = look(item["on"], actual, target, base) if looks else actual
        if exempt:
            return result | {"state": "exempt"}
        if item["method"] == "veto":
            struck = actual is not None and actual >= Fraction(item.get("at", 1))
            return result | {"mark": Fraction(0), "struck": struck, "state": "veto" if struck else "ok"}
        if x is None:
            policy = item.get("missing", self.head.get("missing", "unplaced"))
            if policy == "exempt":
                return result | {"state": "exempt"}
            return result | {"state": "missing", "policy": policy, "mark": Fraction(0) if policy == "zero" else None}
        exact = METHODS[item["method"]](item, x, full)
        return result | {"x": x if looks else None, "mark": half_up(exact, self.digits)}

    # --- totals

    def total_row(self, unit: tuple, marks: dict) -> dict:
        rows = [marks[unit, item["code"]] for item in self.items(unit[1])]
        scored = [row for row in rows if row["item"]["method"] != "veto"]
        struck = [row["item"] for row in rows if row["struck"]]
        dims, full_all, full_kept = {}, Fraction(0), Fraction(0)
        for dimension in self.scheme["dimension"]:
            mine = [row for row in scored if row["item"]["dimension"] == dimension["code"]]
            full = sum((row["full"] for row in mine), Fraction(0))
            full_all += full
            value = self.dimension_total(dimension, mine, struck)
            dims[dimension["code"]] = value
            if value is not None:
                full_kept += full
        kept = [value for value in dims.values() if value is not None]
        total = None
        if kept:
            total = sum(kept, Fraction(0))
            if full_kept not in (0, full_all):
                total = half_up(total * full_all / full_kept, self.digits)
            if "cap" in self.head:
                total = min(total, Fraction(self.head["cap"]))
            if "floor" in self.head:
                total = max(total, Fraction(self.head["floor"]))
            for item in struck:
                if item["effect"] == "cap_total":
                    total = min(total, Fraction(item["limit"]))
            if any(item["effect"] == "zero_total" for item in struck):
                total = Fraction(0)
        missing = [row for row in rows if row["state"] == "missing"]
        final = bool(kept) and not any(row["policy"] == "unplaced" for row in missing)
        grade = ""
        if final:
            grade = next((g["name"] for g in self.scheme.get("grade", []) if total >= Fraction(g["min"])), "")
        return {"total": total, "dims": dims, "final": final, "missing": len(missing), "vetoed": len(struck), "grade": grade}

    def dimension_total(self, dimension: dict, mine: list[dict], struck: list[dict]) -> Fraction | None:
        exempt = [row for row in mine if row["state"] == "exempt"]
        rest = [row for row in mine if row["state"] != "exempt"]
        all_full = sum((row["full"] for row in mine), Fraction(0))
        rest_full = sum((row["full"] for row in rest), Fraction(0))
        if not rest or (any(row["full"] > 0 for row in exempt) and rest_full == 0):
            return None
        total = sum((row["mark"] for row in rest if row["mark"] is not None), Fraction(0))
        if all_full != rest_full:
            total = half_up(total * all_full / rest_full, self.digits)
        if "cap" in dimension:
            total = min(total, Fraction(dimension["cap"]))
        if any(item["effect"] == "zero_dimension" and item["dimension"] == dimension["code"] for item in struck):
            total = Fraction(0)
        return total

    # --- places

    def rank(self, units: list[tuple]) -> dict:
        finals = [unit for unit in units if self.totals[unit]["final"]]
        result = {unit: {"place": None, "peers": len(finals), "tied": None, "better": None} for unit in units}
        if len(finals) < self.ranking.get("min_peers", 3):
            return result
        keys = {unit: self.rank_key(unit) for unit in finals}
        for unit in finals:
            better = [other for other in finals if keys[other] > keys[unit]]
            result[unit]["place"] = len(better) + 1
            result[unit]["tied"] = sum(keys[other] == keys[unit] for other in finals)
            if better:
                next_key = min(keys[other] for other in better)
                result[unit]["better"] = next_key[0]
        return result

    def rank_key(self, unit: tuple) -> tuple:
        key = [self.totals[unit]["total"]]
        for code in self.ranking.get("tie_break", []):
            mark = self.marks.get((unit, code), {}).get("mark")
            key.append((0, Fraction(0)) if mark is None else (1, mark))
        return tuple(key)

    # --- gaps

    def needed_actual(self, unit: tuple, code: str) -> Fraction | None:
        row, wanted = self.marks[unit, code], self.places[unit]["better"]
        if row["actual"] is None or wanted is None or self.totals[unit]["total"] >= wanted:
            return None
        item = row["item"]
        counts = item["method"] == "events"
        grid = 10**6 if counts else 10 ** (6 - item.get("decimals", 2))
        mine = {key: value for key, value in self.marks.items() if key[0] == unit}

        def enough(step: int) -> bool:
            changed = self.evaluate(item, Fraction(step * grid, 10**6), row["target"], row["base"], row["exempt"])
            return self.total_row(unit, mine | {(unit, code): changed})["total"] >= wanted

        least, most = (0 if counts else ceil(Fraction(-LIMIT, grid))), LIMIT // grid
        cuts = {least, most + 1}
        for x in breakpoints(item):
            value = actual_for(item, x, row["target"], row["base"])
            if value is not None:
                # The grid points around a break are looked at singly.
                middle = floor(value * 10**6 / grid)
                cuts |= {min(max(cut, least), most + 1) for cut in (middle - 1, middle, middle + 1, middle + 2)}
        ordered = sorted(cuts)
        own = row["actual"] * 10**6 / grid
        found = []
        for first, after in zip(ordered, ordered[1:], strict=False):
            found += nearest_in_piece(first, after - 1, own, enough)
        if not found:
            return None
        best = min(found, key=lambda step: (abs(step - own), -step))
        return Fraction(best * grid, 10**6)

    # --- tables

    def tables(self) -> dict[str, list[list[str]]]:
        digits = self.digits
        dims = [dimension["code"] for dimension in self.scheme["dimension"]]
        tables: dict[str, list[list[str]]] = {"marks": [], "totals": [], "places": [], "gaps": []}
        for unit in self.units:
            total, place = self.totals[unit], self.places[unit]
            to_next = None if place["better"] is None else place["better"] - total["total"]
            tables["totals"].append(
                [
                    *unit,
                    fixed(total["total"], digits),
                    total["grade"],
                    "final" if total["final"] else "provisional",
                    str(total["missing"]),
                    str(total["vetoed"]),
                    *(fixed(total["dims"][code], digits) for code in dims),
                ]
            )
            tables["places"].append(
                [
                    *unit,
                    fixed(total["total"], digits),
                    *(str(place[name] or "") if name != "peers" else str(place[name]) for name in ("place", "peers", "tied")),
                    fixed(to_next, digits),
                ]
            )
            for item in self.items(unit[1]):
                self.add_rows(unit, item, tables)
        return tables

    def add_rows(self, unit: tuple, item: dict, tables: dict) -> None:
        digits, row = self.digits, self.marks[unit, item["code"]]
        lost = None if row["mark"] is None else max(row["full"] - row["mark"], Fraction(0))
        tables["marks"].append(
            [
                *unit,
                item.get("dimension", ""),
                item["code"],
                plain(row["actual"]),
                plain(row["target"]),
                fixed(row["x"], 6),
                fixed(row["full"], digits),
                fixed(row["mark"], digits),
                fixed(lost, digits),
                row["state"],
            ]
        )
        if item["method"] == "veto":
            return
        peers = [
            (other[2], self.marks[other, item["code"]]["mark"])
            for other in self.units
            if other[:2] == unit[:2] and self.marks[other, item["code"]]["mark"] is not None
        ]
        best = max((mark for _, mark in peers), default=None)
        leader = min((code for code, mark in peers if mark == best), default="")
        to_leader = to_mean = None
        if row["mark"] is not None:
            to_leader = best - row["mark"]
            to_mean = half_up(sum((mark for _, mark in peers), Fraction(0)) / len(peers) - row["mark"], digits)
        to_target = None
        if row["actual"] is not None and row["target"] is not None:
            to_target = row["target"] - row["actual"]
        tables["gaps"].append(
            [
                *unit,
                item["code"],
                fixed(row["mark"], digits),
                fixed(lost, digits),
                plain(to_target),
                leader,
                fixed(to_leader, digits),
                fixed(to_mean, digits),
                plain(self.needed_actual(unit, item["code"])),
            ]
        )


def look(on: str, actual, target, base) -> Fraction | None:
    if actual is None:
        return None
    if on == "actual":
        return actual
    against = base if on == "growth" else target
    if against is None or (on != "difference" and against == 0):
        return None
    if on == "attainment":
        return actual / against
    if on == "difference":
        return actual - against
    return (actual - against) / abs(against)


def actual_for(item: dict, x: Fraction, target, base) -> Fraction | None:
    """Return the actual that makes x."""
    on = item.get("on", "actual") if item["method"] in ("curve", "step", "bands") else "actual"
    if on == "actual":
        return x
    against = base if on == "growth" else target
    if against is None:
        return None
    if on == "attainment":
        return x * against
    if on == "difference":
        return x + against
    return against + x * abs(against)


def breakpoints(item: dict) -> list[Fraction]:
    """Return the x between which a mark only rises or only falls."""
    if item["method"] in ("curve", "bands"):
        return [Fraction(x) for x, _ in item["points" if item["method"] == "curve" else "bands"]]
    if item["method"] == "step":
        return [origin_of(item)]
    return []


def nearest_in_piece(first: int, last: int, own: Fraction, enough) -> list[int]:
    """Return the sufficient steps of a monotone piece that are nearest to `own` from either side."""
    at_first, at_last = enough(first), enough(last)
    if not at_first and not at_last:
        return []
    low, high = first, last
    if not at_first or not at_last:
        # One change of sides lies in between: halve until it is found.
        inside, outside = (first, last) if at_first else (last, first)
        while abs(inside - outside) > 1:
            middle = (inside + outside) // 2
            inside, outside = (middle, outside) if enough(middle) else (inside, middle)
        low, high = (first, inside) if at_first else (inside, last)
    around = (floor(own), floor(own) + 1)
    return [min(max(step, low), high) for step in around]


def origin_of(item: dict) -> Fraction:
    return Fraction(item.get("origin", 1 if item["on"] == "attainment" else 0))


def curve(item: dict, x: Fraction, full: Fraction) -> Fraction:
    points = [(Fraction(a), Fraction(b)) for a, b in item["points"]]
    if x <= points[0][0]:
        return full * points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if x <= x1:
            return full * (y0 + (y1 - y0) * (x - x0) / (x1 - x0))
    return full * points[-1][1]


def step(item: dict, x: Fraction, full: Fraction) -> Fraction:
    d = (x - origin_of(item)) / Fraction(item["per"])
    start = Fraction(item.get("start", full))
    count = abs(d)
    if item.get("whole", True):
        count = Fraction(floor(count))
    raw = start + Fraction(item.get("up", 0)) * count if d >= 0 else start - Fraction(item.get("down", 0)) * count
    return clamp(raw, Fraction(item.get("floor", 0)), Fraction(item.get("cap", max(start, full))))


def bands(item: dict, x: Fraction, full: Fraction) -> Fraction:
    share = Fraction(item.get("below", 0))
    for start, value in item["bands"]:
        if Fraction(start) <= x:
            share = Fraction(value)
    return full * share


def events(item: dict, x: Fraction, full: Fraction) -> Fraction:
    each = Fraction(item["each"])
    start = Fraction(item.get("start", full if each < 0 else 0))
    return clamp(start + each * x, Fraction(item.get("floor", 0)), Fraction(item.get("cap", full)))


def direct(item: dict, x: Fraction, full: Fraction) -> Fraction:
    return clamp(x, Fraction(0), full)


def clamp(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return min(max(value, low), high)


METHODS = {"curve": curve, "step": step, "bands": bands, "events": events, "direct": direct}
