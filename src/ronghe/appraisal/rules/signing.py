"""Who grades and who signs the results of a round, pure. Nobody signs or grades the own: who would, stands in the other line.

`signing` is the template's data: {"grade": roles, "sign": roles, "own": {"grade": roles, "sign": roles}, "basis": text}. The first line is for
everybody; `own` is for the results of those who sign the first line.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# role → the post that fills it
POSTS = {
    "secretary": "branch_secretary",
    "manager": "area_manager",
    "deputy": "deputy_party",
    "discipline": "discipline_member",
    "upper": "upper_committee",
}
READ_ANYWAY = ("secretary", "manager", "deputy")  # who reads the results of a round without signing them
PLAIN, OWN = "plain", "own"
DEFAULT: dict[str, Any] = {
    "grade": ["secretary", "manager", "deputy"],
    "sign": ["secretary", "manager"],
    "own": {"grade": ["upper"], "sign": ["upper"]},
    "basis": "回避:书记、经理本人的评定由上级党委评定和签发(默认,待本单位确认)",
}


def line_of(signing: Mapping[str, Any], part: str) -> dict[str, Sequence[str]]:
    """Return {"grade": roles, "sign": roles} of one part."""
    row = signing["own"] if part == OWN else signing
    return {"grade": row["grade"], "sign": row["sign"]}


def part_of(roles: Iterable[str], signing: Mapping[str, Any]) -> str:
    """Return in which part the result of somebody with these roles belongs."""
    return OWN if set(roles) & set(signing["sign"]) else PLAIN


def find_faults(signing: Mapping[str, Any]) -> str:
    """Return what is wrong with the lines, or ''."""
    if not str(signing.get("basis", "")).strip():
        return "请写明由谁评定、由谁签发的依据。"
    lines = [line_of(signing, part) for part in (PLAIN, OWN)]
    for row in lines:
        for roles in row.values():
            if not roles or len(set(roles)) != len(roles) or any(role not in POSTS for role in roles):
                return "评定和签发各至少要有一方,不能重复。"
        if any(role not in READ_ANYWAY and role not in row["sign"] for role in row["grade"]):
            return "纪检小组、上级党委要评定的,须同时签发。"
    signers = set(lines[0]["sign"])
    if signers & (set(lines[1]["grade"]) | set(lines[1]["sign"])):
        return "签发人本人的评定须由另外的人评定和签发。"
    return ""
