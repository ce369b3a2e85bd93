"""The default packs agree with each other and with SCORING.md's scheme format."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

PACKS = Path(__file__).resolve().parents[3] / "packs"
TRACKS = ("production", "technical", "support")
INDICATOR_KEYS = {
    "code", "name", "aliases", "unit", "decimals", "direction", "kind", "side", "input", "tracks", "definition", "source",
    "basis", "reported_by", "low", "high", "rollup", "rollup_weight", "target", "base", "evidence", "rhythm",
}  # fmt: skip
COMMON_KEYS = {"code", "name", "unit", "decimals", "dimension", "full", "method", "missing", "tracks"}
METHOD_KEYS = {
    "curve": {"on", "points"},
    "step": {"on", "per", "up", "down", "origin", "start", "cap", "floor", "whole"},
    "bands": {"on", "bands", "below"},
    "events": {"each", "start", "floor", "cap"},
    "direct": set(),
    "veto": {"at", "effect", "limit"},
}


def read_pack(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scheme() -> dict[str, Any]:
    return read_pack("scheme-group-station.toml")


@pytest.fixture(scope="module")
def handbook() -> dict[str, Any]:
    return read_pack("indicators.toml")


@pytest.fixture(scope="module")
def organisation() -> dict[str, Any]:
    return read_pack("organisation.toml")


@pytest.mark.parametrize("track", TRACKS)
def test_fulls_of_a_track_add_up_to_100(scheme: dict[str, Any], track: str) -> None:
    rows = [row for row in scheme["indicator"] if track in row.get("tracks", TRACKS)]

    assert sum(row.get("full", 0) for row in rows) == 100
    worth = {row["dimension"] for row in rows if row.get("full", 0)}
    assert worth == {row["code"] for row in scheme["dimension"]}


def test_scheme_has_only_the_keys_of_its_methods(scheme: dict[str, Any]) -> None:
    for row in scheme["indicator"]:
        unknown = set(row) - COMMON_KEYS - METHOD_KEYS[row["method"]]
        assert not unknown, (row["code"], unknown)
        assert re.fullmatch("[a-z][a-z0-9_-]*", row["code"])
        for key in ("points", "bands"):
            starts = [start for start, _ in row.get(key, [])]
            assert starts == sorted(set(starts)), row["code"]


def test_scheme_uses_every_method_and_policy(scheme: dict[str, Any]) -> None:
    assert {row["method"] for row in scheme["indicator"]} == set(METHOD_KEYS)
    assert {row.get("missing") for row in scheme["indicator"]} == {None, "zero", "exempt"}
    assert {row["effect"] for row in scheme["indicator"] if row["method"] == "veto"} == {
        "zero_total",
        "zero_dimension",
        "cap_total",
    }


def test_tie_break_names_indicators(scheme: dict[str, Any]) -> None:
    assert set(scheme["ranking"]["tie_break"]) <= {row["code"] for row in scheme["indicator"]}


def test_handbook_and_scheme_agree(scheme: dict[str, Any], handbook: dict[str, Any]) -> None:
    assert [row["code"] for row in scheme["indicator"]] == [row["code"] for row in handbook["indicator"]]
    for rule, entry in zip(scheme["indicator"], handbook["indicator"], strict=True):
        for key in ("name", "unit", "decimals", "tracks"):
            assert rule.get(key) == entry.get(key), (rule["code"], key)
        assert (rule["method"] == "veto") == (entry["kind"] == "veto")
        if rule.get("on") in ("attainment", "deviation", "difference"):
            assert entry["target"], rule["code"]
        if rule.get("on") == "growth":
            assert entry["base"], rule["code"]
        if rule["method"] in ("events", "veto"):
            assert entry["decimals"] == 0


def test_handbook_entries_are_complete(handbook: dict[str, Any], organisation: dict[str, Any]) -> None:
    offices = {row["code"] for row in organisation["office"]} | {"unit"}
    inputs = {row["code"] for row in handbook["input"]}
    for row in handbook["indicator"]:
        assert set(row) <= INDICATOR_KEYS
        assert INDICATOR_KEYS - {"tracks", "rollup_weight", "rhythm"} <= set(row), row["code"]
        assert row["reported_by"] in offices
        assert row["low"] < row["high"]
        assert (row["rollup"] == "weighted") == ("rollup_weight" in row)
    assert {row["input"] for row in handbook["indicator"]} == inputs
    assert len(inputs) == 5


def test_a_column_name_means_one_indicator(handbook: dict[str, Any]) -> None:
    names = [name for row in handbook["indicator"] for name in (row["code"], row["name"], *row["aliases"])]

    assert len(names) == len(set(names))


def test_the_seven_leaders(organisation: dict[str, Any]) -> None:
    posts = {row["code"] for row in organisation["post"]}
    seats = {row["code"] for row in organisation["committee_post"]}

    assert len(organisation["leader"]) == 7
    for leader in organisation["leader"]:
        assert leader["post"] in posts
        assert leader["duties"]
        assert set(leader["committee"]) <= seats
    assert {seat for leader in organisation["leader"] for seat in leader["committee"]} == seats
