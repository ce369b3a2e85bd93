"""What a template of 述职评议 must be: checked whenever a version is written, every problem named at its part."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ronghe.appraisal.rules.ballots import LEAST

WHO = ("upper", "heads", "leaders", "committee", "chiefs", "staff", "fellows", "delegates", "self")
NAMED = ("upper", "heads", "self")  # who is named by nature; everybody else may be anonymous
SIDES = ("business", "party", "")
MOST_MARKS = 12  # levels of a scale


def find_faults(template: Mapping[str, Any]) -> dict[str, str]:
    """Return part → what is wrong with it; empty where the template can be used."""
    faults = {}
    for part, find in (("form", check_form), ("judges", check_judges), ("items", check_items), ("scale", check_scale)):
        if fault := find(template):
            faults[part] = fault
    trim = template["trim"]
    if not 0 <= trim <= 25:
        faults["trim"] = "两端各去掉的比例须在 0 到 25% 之间。"
    if not 0 <= template["min_turnout"] <= 100:
        faults["min_turnout"] = "最低投票率须在 0 到 100% 之间。"
    return faults


def check_form(template: Mapping[str, Any]) -> str:
    """The form asks for both sides, and for problems with their cures, not only for merits (P4)."""
    fields = template["form"]
    if not fields or any(not one.get("code") or not one.get("label") or one.get("side") not in SIDES for one in fields):
        return "述职表每项要有名称和属于哪一侧(业务、党建、综合)。"
    codes = [one["code"] for one in fields]
    if len(set(codes)) != len(codes):
        return "述职表有重复的项。"
    if template["who"] != "members" and not {"business", "party"} <= {one["side"] for one in fields}:
        return "述职表须同时有业务和党建两侧。"
    if not any(one.get("about") == "problems" for one in fields):
        return "述职表至少有一项写问题和改进,不能只写成绩。"
    return ""


def check_judges(template: Mapping[str, Any]) -> str:
    """Groups with weights that add up to 100; only 上级 and 自评 are named."""
    groups: Sequence[Mapping[str, Any]] = template["judges"]
    if not groups:
        return ""
    codes = [one["code"] for one in groups]
    if len(set(codes)) != len(codes) or any(one["who"] not in WHO or not one.get("name") for one in groups):
        return "评议主体有重复的、没有名称的,或不知道是谁。"
    if sum((Decimal(str(one["weight"])) for one in groups), Decimal(0)) != 100:
        return "各评议主体的权重合计须为 100。"
    if any(Decimal(str(one["weight"])) < 0 for one in groups):
        return "权重不能是负数。"
    if any(not one["anonymous"] and one["who"] not in NAMED for one in groups):
        return "除上级和本人外,评议主体须匿名。"
    if any(one["anonymous"] and one["who"] == "self" for one in groups):
        return "自评不能匿名。"
    return ""


def check_items(template: Mapping[str, Any]) -> str:
    """Where somebody judges, there is something to judge, on both sides for those who have both."""
    items = template["items"]
    if bool(items) != bool(template["judges"]):
        return "有评议主体就要有测评项目,反之亦然。"
    codes = [one["code"] for one in items]
    if len(set(codes)) != len(codes) or any(not one.get("name") or one.get("side") not in SIDES for one in items):
        return "测评项目有重复的,或没有名称、没有写属于哪一侧。"
    if items and template["who"] != "members" and not {"business", "party"} <= {one["side"] for one in items}:
        return "测评项目须同时有业务和党建两侧。"
    return ""


def check_scale(template: Mapping[str, Any]) -> str:
    """Levels with points that fall."""
    scale = template["scale"]
    if not template["judges"]:
        return ""
    if not 2 <= len(scale) <= MOST_MARKS or any(not one.get("label") for one in scale):
        return f"量表要有 2 到 {MOST_MARKS} 档,每档有名称。"
    points = [Decimal(str(one["points"])) for one in scale]
    if points != sorted(set(points), reverse=True) or points[0] > 100 or points[-1] < 0:
        return "各档分值须从高到低、互不相同,在 0 到 100 之间。"
    return ""


def find_quota_faults(grades: Sequence[str], quota: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return where the grades given break the unit's own rule of shares: none without a rule."""
    number = len(grades)
    faults = []
    for rule in quota:
        most = int(Decimal(str(rule["share"])) * number / 100)
        given = sum(1 for grade in grades if grade == rule["grade"])
        if given > most:
            faults.append(f"「{rule['grade']}」最多 {most} 人({number} 人的 {rule['share']}%,依据:{rule['basis']}),现有 {given} 人。")
    return faults


__all__ = ["LEAST", "NAMED", "find_faults", "find_quota_faults"]
