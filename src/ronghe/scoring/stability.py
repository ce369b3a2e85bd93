"""Why this place: how firm a ranking is against other weights, a missing indicator and a second method (issue C, point 3).

For each track with places, over its units with final totals:

- `SPREADS` × `DRAWS`: every positive `full` times a factor drawn evenly from 1 ± p, all brought back to the track's sum of `full`.
  A mark keeps its share of `full`; bonuses and deductions (`full` 0) keep their marks; caps, floors, limits and vetoes hold
  as they are. Both spreads use the same draws, only wider, so that they can be compared.
- each indicator left out in turn, vetoes apart: the others are brought to the same sum; it breaks no tie then.
- TOPSIS with the vector norm on the shares of `full`, weights `full`. An exempt share is the unit's share in the rest of
  the dimension (of everything, where all of the dimension is exempt), as the contract's scaling has it; what a veto
  zeroes counts as 0. Bonuses, deductions and limits on a total are not seen by it.

Told apart (无显著差异): two units of neighbouring places cannot be where their totals are equal, or where the later one
is level with the other or before it in more than `ALIKE_PERCENT` of the ±10% draws. Where a place is shared, any pair of
both places decides. Groups are the chains of such pairs: the ends of a long chain may well differ.

Places in draws need not surround the published place: it is no draw. The same results and seed give the same numbers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from ronghe.scoring.results import Results
from ronghe.scoring.stability_model import (
    ALIKE_PERCENT,
    CENTRAL_PERCENT,
    DRAWS,
    SPREADS,
    LeftOut,
    Neighbours,
    Spread,
    TrackStability,
    UnitStability,
)
from ronghe.scoring.stability_totals import (
    TINY,
    Floats,
    Integers,
    TrackMarks,
    collect_track,
    compute_places,
    compute_totals,
    drop_one,
    rank_ties,
    rank_totals,
)


def seed_of(digest: str) -> int:
    """Return the seed that belongs to a run: the first 16 digits of its results' SHA-256."""
    return int(digest[:16], 16)


def measure_stability(results: Results, *, seed: int, draws: int = DRAWS) -> tuple[TrackStability, ...]:
    """Return how firm the places of each period and track are; tracks without places or with one unit are left out."""
    return tuple(_measure(track, seed, draws) for track in collect_tracks(results) if len(track.units) > 1)


def collect_tracks(results: Results) -> list[TrackMarks]:
    """Return the marks of placed units as arrays, one for each period and track that has places."""
    placed: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    marks: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in results.places.select(["period", "track", "unit", "total", "place"]).to_pylist():
        if row["place"] is not None:
            placed[row["period"], row["track"]].append(row)
    for row in results.marks.select(["period", "track", "unit", "indicator", "mark", "state"]).to_pylist():
        marks[row["period"], row["track"]].append(row)
    return [collect_track(results.scheme, *key, placed[key], marks[key]) for key in sorted(placed)]


def draw_factors(track: TrackMarks, *, percent: int, seed: int, draws: int) -> Floats:
    """Return indicators × draws. Drawn for the whole scheme, so that one track's draws depend on no other track."""
    positive = [item.code for item in track.scheme.indicators if item.full > 0]
    drawn = np.random.default_rng(seed).uniform(-1.0, 1.0, size=(len(positive), draws))
    lines = {code: number for number, code in enumerate(positive)}
    factors = np.ones((len(track.items), draws))
    columns = [column for column, item in enumerate(track.items) if item.code in lines]
    factors[columns] += drawn[[lines[track.items[column].code] for column in columns]] * (percent / 100)
    sums = track.fulls @ factors
    factors[columns] *= np.divide(track.fulls.sum(), sums, out=np.ones(draws), where=sums > TINY)
    return factors


def _measure(track: TrackMarks, seed: int, draws: int) -> TrackStability:
    drawn = {percent: compute_places(track, draw_factors(track, percent=percent, seed=seed, draws=draws)) for percent in SPREADS}
    left_out = _leave_out(track)
    neighbours = _compare_neighbours(track, drawn, left_out)
    groups = _number_groups(track, neighbours)
    closeness = compute_closeness(track)
    topsis = rank_totals(np.rint(closeness * 1e9).astype(np.int64)[:, None], np.zeros(len(track.units), dtype=np.int64))[:, 0]
    spreads = {percent: _spread(places) for percent, places in drawn.items()}
    units = tuple(
        UnitStability(
            unit=unit,
            place=track.places[number],
            group=groups[number],
            topsis=int(topsis[number]),
            closeness=round(float(closeness[number]), 6),
            spreads={percent: spreads[percent][number] for percent in SPREADS},
        )
        for number, unit in enumerate(track.units)
    )
    return TrackStability(
        period=track.period, track=track.track, draws=draws, seed=seed, units=units, neighbours=neighbours, left_out=left_out
    )


def _spread(places: Integers) -> list[Spread]:
    """Return each unit's interval and its draws in each place."""
    ordered = np.sort(places, axis=1)
    draws = places.shape[1]
    cut = draws * (100 - CENTRAL_PERCENT) // 200
    found = []
    for row in ordered:
        values, counts = np.unique(row, return_counts=True)
        found.append(
            Spread(
                low=int(row[cut]),
                high=int(row[draws - 1 - cut]),
                least=int(row[0]),
                most=int(row[-1]),
                counts=tuple(zip(values.tolist(), counts.tolist(), strict=True)),
            )
        )
    return found


def _leave_out(track: TrackMarks) -> tuple[LeftOut, ...]:
    """Return the places without each indicator in turn."""
    found = []
    published = np.array(track.places)
    for column, item in enumerate(track.items):
        factors = drop_one(track, column)
        if factors is None:
            continue
        places = rank_totals(compute_totals(track, factors[:, None]), rank_ties(track, without=item.code))[:, 0]
        moved = np.abs(places - published)
        found.append(LeftOut(item.code, int((moved > 0).sum()), int(moved.sum()), tuple(places.tolist())))
    return tuple(found)


def _compare_neighbours(track: TrackMarks, drawn: dict[int, Integers], left_out: tuple[LeftOut, ...]) -> tuple[Neighbours, ...]:
    """Return for each two neighbouring places the pair that keeps its order least."""
    shared: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(track.places):
        shared[place].append(number)
    classes = [shared[place] for place in sorted(shared)]
    narrow = drawn[SPREADS[0]]
    found = []
    for upper, lower in zip(classes, classes[1:], strict=False):
        lost = [((narrow[lower] <= narrow[first]).sum(axis=1), first) for first in upper]
        _, first, second = max(
            ((int(count), first, lower[number]) for counts, first in lost for number, count in enumerate(counts)),
            key=lambda pair: pair[0],
        )
        counts = {percent: int((places[second] <= places[first]).sum()) for percent, places in drawn.items()}
        level = track.totals[first] == track.totals[second]
        found.append(
            Neighbours(
                first=track.units[first],
                second=track.units[second],
                lost=counts,
                level=level,
                alike=level or counts[SPREADS[0]] * 100 > ALIKE_PERCENT * narrow.shape[1],
                hangs_on=tuple(row.indicator for row in left_out if row.places[second] < row.places[first]),
            )
        )
    return tuple(found)


def _number_groups(track: TrackMarks, neighbours: tuple[Neighbours, ...]) -> list[int]:
    """Return each unit's group: chains of neighbours that cannot be told apart, and units that share a place."""
    place_of = dict(zip(track.units, track.places, strict=True))
    joined = {place_of[pair.second] for pair in neighbours if pair.alike}
    chains: list[list[int]] = []
    for number, place in enumerate(track.places):
        if number > 0 and (track.places[number - 1] == place or place in joined):
            chains[-1].append(number)
        else:
            chains.append([number])
    groups = [0] * len(track.units)
    for name, chain in enumerate((chain for chain in chains if len(chain) > 1), start=1):
        for number in chain:
            groups[number] = name
    return groups


def compute_closeness(track: TrackMarks) -> Floats:
    """Return each unit's TOPSIS closeness to the ideal, 0 to 1; 0.5 for all where nothing differs."""
    columns = track.fulls > 0
    if not columns.any():
        return np.full(len(track.units), 0.5)
    shares = _fill_exempt(track)[:, columns]
    norm = np.sqrt((shares**2).sum(axis=0))
    weighed = np.divide(shares, norm, out=np.zeros_like(shares), where=norm > TINY) * (track.fulls[columns] / track.fulls.sum())
    to_best = np.sqrt(((weighed.max(axis=0) - weighed) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighed - weighed.min(axis=0)) ** 2).sum(axis=1))
    both = to_best + to_worst
    return np.divide(to_worst, both, out=np.full(len(both), 0.5), where=both > TINY)


def _fill_exempt(track: TrackMarks) -> Floats:
    """Return units × indicators: the share of `full` that each mark is, exempt ones filled, zeroed ones 0."""
    shares = np.divide(track.marks, track.fulls, out=np.zeros_like(track.marks), where=track.fulls > 0)
    kept = ~track.exempt * track.fulls
    overall = _mean_share(shares, kept, np.zeros(len(track.units)))
    for dimension in track.scheme.dimensions:
        columns = track.columns_of(dimension.code)
        if not columns:
            continue
        own = _mean_share(shares[:, columns], kept[:, columns], overall)
        filled = np.where(track.exempt[:, columns], own[:, None], shares[:, columns])
        shares[:, columns] = np.where(track.zeroed[dimension.code][:, None], 0.0, filled)
    shares[track.struck] = 0.0
    return shares


def _mean_share(shares: Floats, weights: Floats, otherwise: Floats) -> Floats:
    total = weights.sum(axis=1)
    return np.divide((shares * weights).sum(axis=1), total, out=otherwise.copy(), where=total > TINY)
