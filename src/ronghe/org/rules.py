"""Rules of the organisation, on plain values."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
LOGIN = re.compile(r"[\w.@+-]{2,60}")
# DOMAIN.md, public facts: a 党小组 has at least three members
SMALLEST_GROUP = 3

# which kinds of units a post's scope (packs/organisation.toml) may stand in
SCOPE_UNITS = {
    "plant": ("plant",),
    "area": ("area",),
    "unit": ("station", "office", "area", "plant"),
    "group": ("station", "office"),
    "system": ("plant", "area"),
}


def is_code(text: str) -> bool:
    """Tell whether a text may be the code of a unit, a track or a party organisation."""
    return CODE.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Tell whether a text may be a 工号."""
    return NUMBER.fullmatch(text) is not None


def is_login(text: str) -> bool:
    """Tell whether a text may be a login name."""
    return LOGIN.fullmatch(text) is not None


def fits_scope(scope: str, unit_kind: str) -> bool:
    """Tell whether a post of this scope may stand in a unit of this kind."""
    return unit_kind in SCOPE_UNITS.get(scope, ())


def find_taken_name(names: Iterable[str], others: Iterable[tuple[str, Collection[str]]]) -> tuple[str, str] | None:
    """Return (name, of which unit) of the first name that another unit of the area bears, as a name or an alias: sheets go by names."""
    wanted = {name.strip() for name in names if name.strip()}
    for name, aliases in others:
        met = wanted & {name, *aliases}
        if met:
            return min(met), name
    return None


def keep_old_name(old: str, new: str, aliases: Iterable[str]) -> list[str]:
    """Return the aliases after a renaming: last year's sheets are still read by the old name."""
    kept = dict.fromkeys(alias for alias in aliases if alias and alias != new)
    if old != new:
        kept[old] = None
    return list(kept)


def split_names(text: str) -> list[str]:
    """Return the names in a text that separates them by commas, 、 or blanks."""
    return list(dict.fromkeys(part for part in re.split(r"[,,、;;\s]+", text) if part))


def number_login(wanted: str, taken: Collection[str]) -> str:
    """Return the login name, with the first free number behind it where others bear it: 'zhangwei', 'zhangwei2' …"""
    lowered = {name.lower() for name in taken}
    name, number = wanted, 2
    while name.lower() in lowered:
        name, number = f"{wanted}{number}", number + 1
    return name


@dataclass(frozen=True)
class GroupState:
    """What the check of 「将支部建在连上」 must know of one unit. `leader_status`: '' for a leader who is no member of the group."""

    tracked: bool
    has_group: bool
    members: int = 0
    leader_status: str | None = None


def find_mismatches(state: GroupState) -> list[str]:
    """Return what does not fit between a unit and its 党小组, in words (M29: structure follows the business)."""
    if not state.has_group:
        return ["没有党小组"] if state.tracked else []
    found = []
    if state.members < SMALLEST_GROUP:
        found.append(f"党小组只有 {state.members} 名党员,少于 {SMALLEST_GROUP} 名")
    if state.leader_status is None:
        found.append("没有党小组长")
    elif state.leader_status == "probationary":
        found.append("党小组长是预备党员")
    elif not state.leader_status:
        found.append("党小组长不是本组党员")
    return found
