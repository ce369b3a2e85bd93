"""What differs between two schemes, in the words in which people read them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronghe.assessment.kernel import plain
from ronghe.assessment.queries.schemes import name_tracks
from ronghe.assessment.words import describe_effect, describe_method, describe_missing
from ronghe.scoring.scheme_model import Scheme

ABSENT = "—"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where, what, before, after. `kind` is added, dropped or changed."""

    where: str
    what: str
    old: str
    new: str
    kind: str = "changed"

    @property
    def word(self) -> str:
        return {"added": "新增", "dropped": "删除", "changed": "修改"}[self.kind]

    @property
    def tone(self) -> str:
        return {"added": "green", "dropped": "red", "changed": "blue"}[self.kind]


def list_differences(old: Scheme, new: Scheme, track_names: dict[str, str]) -> list[Difference]:
    """Return what differs, in the order in which the page of a scheme shows it."""
    head = compare("方案", describe_head(old), describe_head(new))
    fronts = compare_rows(
        "维度",
        {row.code: {"名称": row.name, "封顶": number(row.cap)} for row in old.dimensions},
        {row.code: {"名称": row.name, "封顶": number(row.cap)} for row in new.dimensions},
    )
    rules = compare_rows("指标", describe_rules(old, track_names), describe_rules(new, track_names))
    return [*head, *fronts, *rules, *list_order(old, new)]


def describe_head(scheme: Scheme) -> dict[str, str]:
    names = {item.code: item.name for item in scheme.indicators}
    return {
        "名称": scheme.name,
        "依据": scheme.basis,
        "得分小数位数": str(scheme.digits),
        "缺报": describe_missing(scheme.missing),
        "总分封顶": number(scheme.cap),
        "总分保底": number(scheme.floor),
        "等级": "、".join(f"{grade.name} ≥ {plain(grade.min)}" for grade in scheme.grades),
        "同分先比": " → ".join(names[code] for code in scheme.tie_break),
        "至少几个单位才排名次": str(scheme.min_peers),
    }


def describe_rules(scheme: Scheme, track_names: dict[str, str]) -> dict[str, dict[str, str]]:
    fronts = scheme.dimension_by_code
    return {
        item.code: {
            "名称": item.name,
            "计量单位": item.unit,
            "数据小数位数": str(item.decimals),
            "维度": fronts[item.dimension].name if item.dimension else "",
            "满分": "" if item.is_veto else plain(item.full),
            "计分办法": describe_effect(item, fronts) if item.is_veto else describe_method(item),
            "缺报": describe_missing(item.missing) if item.missing else "",
            "赛道": name_tracks(item, track_names) or "全部",
        }
        for item in scheme.indicators
    }


def number(value: Decimal | None) -> str:
    return plain(value) if value is not None else ""


def compare(where: str, old: dict[str, str], new: dict[str, str]) -> list[Difference]:
    return [Difference(where, key, old[key] or ABSENT, new[key] or ABSENT) for key in new if old[key] != new[key]]


def compare_rows(kind: str, old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> list[Difference]:
    """Compare rows by their codes: changed keys of common ones, then what was dropped and added as a whole."""
    found: list[Difference] = []
    for code in [*old, *(code for code in new if code not in old)]:
        before, after = old.get(code), new.get(code)
        if before and after:
            found += compare(f"{kind} {after['名称']}", before, after)
        elif before:
            found.append(Difference(f"{kind} {before['名称']}", kind, tell(before), ABSENT, "dropped"))
        elif after:
            found.append(Difference(f"{kind} {after['名称']}", kind, ABSENT, tell(after), "added"))
    return found


def tell(row: dict[str, str]) -> str:
    """Say a whole row in one line: 满分 20,…"""
    parts = [f"满分 {row['满分']}" if row.get("满分") else "", row.get("计分办法", ""), row.get("维度", "")]
    return ",".join(part for part in parts if part) or row["名称"]


def list_order(old: Scheme, new: Scheme) -> list[Difference]:
    """Say where common rows stand in another order."""
    found = []
    pairs: tuple[tuple[str, Any, Any], ...] = (("维度", old.dimensions, new.dimensions), ("指标", old.indicators, new.indicators))
    for kind, before, after in pairs:
        common = {row.code for row in before} & {row.code for row in after}
        first, second = ([row for row in rows if row.code in common] for rows in (before, after))
        if [row.code for row in first] != [row.code for row in second]:
            found.append(Difference("方案", f"{kind}次序", *("、".join(row.name for row in rows) for rows in (first, second))))
    return found
