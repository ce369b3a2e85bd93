"""排名稳健性: what was measured with a run, written out for its pages. The JSON is read for the run shown, and for no other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import Result, Run
from ronghe.scoring.stability_model import DRAWS, SPREADS, Neighbours, Spread, TrackStability, UnitStability

NARROW, WIDE = SPREADS
NAMED = 3


@dataclass
class UnitFirmness:
    """One unit's places under other weights. `edge` says where it stands in the bracket around its group in a table."""

    unit: str
    place: int
    central: str
    widest: str
    wide: str
    shares: str
    wide_shares: str
    topsis: int
    alike: str
    group: int
    edge: str = ""

    @property
    def sentence(self) -> str:
        """Say it all in one sentence."""
        text = _("在权重 ±10%% 的 %(draws)d 次试算中,九成落在%(central)s(全部在%(widest)s)") % {
            "draws": DRAWS, "central": self.central, "widest": self.widest,
        }  # fmt: skip
        return f"{text};{self.alike}" if self.alike else text


@dataclass(frozen=True)
class PairLine:
    """Two neighbours: how often their order is lost, without which indicators it turns round."""

    units: str
    lost: str
    wide_lost: str
    hangs_on: str
    alike: bool


@dataclass(frozen=True)
class LeftOutLine:
    """One indicator left out: how many units change their place."""

    name: str
    changed: int
    moved: int


@dataclass
class TrackFirmness:
    """One track: sentences first, then the chart and its tables."""

    code: str
    draws: int
    groups: list[str]
    hangs_on: str
    second: str
    chart: dict[str, Any]
    units: dict[str, UnitFirmness]
    pairs: list[PairLine]
    left_out: list[LeftOutLine] = field(default_factory=list)


def read_firmness(run: Run, names: Mapping[str, str]) -> dict[str, TrackFirmness]:
    """Return track → how firm its places are; {} for a run that was not measured. `names` maps a unit's code to its name."""
    # a run picked from a list of months brings it along (`list_shown_runs`); one fetched alone loads it here
    kept = run.picked_stability or [] if hasattr(run, "picked_stability") else run.stability
    indicators = {item.code: item.name for item in kernel.scheme_of(run.scheme).indicators}
    tracks = [TrackStability.from_data(data) for data in kept]
    return {track.track: describe_track(track, names, indicators) for track in tracks}


def describe_place(run: Run, result: Result, peers: list[Result]) -> str:
    """Say in one sentence how firm a unit's place is; '' where it has none or the run was not measured."""
    if result.place is None:
        return ""
    track = read_firmness(run, {row.unit.code: row.unit.name for row in peers}).get(result.track)
    firm = track.units.get(result.unit.code) if track else None
    return firm.sentence if firm else ""


def describe_track(track: TrackStability, names: Mapping[str, str], indicators: Mapping[str, str]) -> TrackFirmness:
    """Write a track out."""
    named = {row.unit: names.get(row.unit, row.unit) for row in track.units}
    groups = [[named[unit] for unit in group] for group in track.groups]
    units = {row.unit: describe_unit(row, named, track) for row in track.units}
    return TrackFirmness(
        code=track.track,
        draws=track.draws,
        groups=[_("%(units)s无显著差异") % {"units": join_names(group, len(group))} for group in groups],
        hangs_on=describe_hanging(track, indicators),
        second=describe_second(track),
        chart=build_chart(track, named),
        units=units,
        pairs=[describe_pair(pair, named, indicators, track.draws) for pair in track.neighbours],
        left_out=[
            LeftOutLine(indicators.get(row.indicator, row.indicator), row.changed, row.moved)
            for row in sorted(track.left_out, key=lambda row: (-row.changed, -row.moved))
        ],
    )


def describe_unit(row: UnitStability, named: Mapping[str, str], track: TrackStability) -> UnitFirmness:
    """Write one unit out."""
    narrow, wide = row.spreads[NARROW], row.spreads[WIDE]
    others = [named[other.unit] for other in track.units if other.group == row.group and other is not row] if row.group else []
    return UnitFirmness(
        unit=named[row.unit],
        place=row.place,
        central=write_places(narrow.low, narrow.high),
        widest=write_places(narrow.least, narrow.most),
        wide=write_places(wide.low, wide.high),
        shares=write_shares(narrow, track.draws),
        wide_shares=write_shares(wide, track.draws),
        topsis=row.topsis,
        alike=_("与%(units)s无显著差异") % {"units": join_names(others, NAMED)} if others else "",
        group=row.group,
    )


def describe_pair(pair: Neighbours, named: Mapping[str, str], indicators: Mapping[str, str], draws: int) -> PairLine:
    """Write two neighbours out."""
    return PairLine(
        units=f"{named[pair.first]} → {named[pair.second]}",
        lost=write_percent(pair.lost[NARROW], draws),
        wide_lost=write_percent(pair.lost[WIDE], draws),
        hangs_on="、".join(indicators.get(code, code) for code in pair.hangs_on),
        alike=pair.alike,
    )


def describe_hanging(track: TrackStability, indicators: Mapping[str, str]) -> str:
    """Say on which indicator the order hangs most."""
    row = track.hangs_on
    if row is None:
        return _("去掉任何一项指标,名次都不变。")
    name = indicators.get(row.indicator, row.indicator)
    return _("名次最依赖「%(name)s」:不计这一项,%(changed)d 个单位的名次会变。") % {"name": name, "changed": row.changed}


def describe_second(track: TrackStability) -> str:
    """Say what the second method thinks."""
    moved = sum(row.topsis != row.place for row in track.units)
    if not moved:
        return _("换一种算法(TOPSIS),名次相同。")
    return _("换一种算法(TOPSIS),%(moved)d 个单位的名次不同。") % {"moved": moved}


def build_chart(track: TrackStability, named: Mapping[str, str]) -> dict[str, Any]:
    """Return units × places with the percentage of the ±10% draws in each."""
    most = max(row.spreads[NARROW].most for row in track.units)
    cells = [
        [place - 1, number, round(count * 100 / track.draws)]
        for number, row in enumerate(track.units)
        for place, count in row.spreads[NARROW].counts
        if count * 200 >= track.draws
    ]
    return {
        "columns": [_("第%(place)d名") % {"place": place} for place in range(1, most + 1)],
        "rows": [named[row.unit] for row in track.units],
        "cells": cells,
        "min": 0,
        "max": 100,
        "unit": "%",
    }


def write_places(low: int, high: int) -> str:
    """Write '第 2–4 名'."""
    return _("第 %(low)d 名") % {"low": low} if low == high else _("第 %(low)d–%(high)d 名") % {"low": low, "high": high}


def write_percent(count: int, draws: int) -> str:
    """Write a share of the draws without rounding a few away or up to all."""
    percent = round(count * 100 / draws)
    if count and not percent:
        return "<1%"
    return ">99%" if count < draws and percent == 100 else f"{percent}%"


def write_shares(spread: Spread, draws: int) -> str:
    """Write '第1名 62%,第2名 38%'."""
    return ",".join(_("第%(place)d名 %(share)s") % {"place": place, "share": write_percent(count, draws)} for place, count in spread.counts)


def join_names(names: list[str], most: int) -> str:
    """Return '甲、乙和丙', with what is beyond `most` counted."""
    shown = names[:most]
    if len(names) > most:
        return _("%(names)s等 %(count)d 个单位") % {"names": "、".join(shown), "count": len(names)}
    return "、".join(shown[:-1]) + (_("和") if len(shown) > 1 else "") + shown[-1]


def mark_edges(firms: list[UnitFirmness | None]) -> None:
    """Say of each row of a table, from the top, whether it begins, continues or ends the bracket of its group."""
    groups = [firm.group if firm else 0 for firm in firms]
    for number, firm in enumerate(firms):
        if firm is None or not firm.group:
            continue
        above = number > 0 and groups[number - 1] == firm.group
        below = number + 1 < len(groups) and groups[number + 1] == firm.group
        firm.edge = "middle" if above and below else "last" if above else "first"
