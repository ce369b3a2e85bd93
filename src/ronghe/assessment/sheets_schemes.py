"""Schemes, their comparison and the lists of schemes and runs as sheets: just what the pages show."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.queries.comparison import Difference
from ronghe.assessment.queries.trials import Trial
from ronghe.common.exports import Sheet

SCHEME_HEADS = ("方案", "编码", "状态", "执行", "编写", "发布", "发布日期", "依据")
RUN_HEADS = ("月份", "第几次", "状态", "方案", "计算", "计算时间", "公示日期", "公示至", "重算原因")
RULE_HEADS = ("维度", "指标", "编码", "计量单位", "满分", "计分办法", "缺报", "赛道")
TRIAL_HEADS = ("赛道", "单位", "原名次", "新名次", "原总分", "新总分", "原等级", "新等级", "主要原因")


def list_scheme_rows(lines: list[dict[str, Any]]) -> Sheet:
    rows = [
        [
            str(line["scheme"]), line["scheme"].code, line["scheme"].get_state_display(), line["span"], line["author"], line["approver"],
            local_day(line["scheme"].published_at), line["scheme"].basis,
        ]
        for line in lines
    ]  # fmt: skip
    return Sheet(_("考核方案"), SCHEME_HEADS, rows)


def list_run_rows(lines: list[dict[str, Any]]) -> Sheet:
    rows = [
        [
            line["month"], line["run"].number, line["run"].get_state_display(), line["scheme"], line["author"], line["run"].created_at,
            local_day(line["run"].published_at), line["run"].shown_until, line["run"].reason,
        ]
        for line in lines
    ]  # fmt: skip
    return Sheet(_("计分批次"), RUN_HEADS, rows)


def local_day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


def list_rules(scheme: SchemeVersion, text: dict[str, Any], span: str) -> list[Sheet]:
    """Return a version as its page shows it: the rules, and what holds for all of them."""
    rules = [
        [block.name, line.name, line.code, line.unit, line.full, line.method, line.missing, line.tracks or "全部"]
        for block in text["blocks"]
        for line in block.lines
    ]
    rules += [["一票否决", veto["name"], "", "", "", veto["rule"], "", veto["tracks"] or "全部"] for veto in text["vetoes"]]
    common = [
        ["方案", str(scheme)],
        ["依据", scheme.basis],
        ["状态", scheme.get_state_display()],
        ["执行", span],
        *([f"{block.name}封顶", block.cap] for block in text["blocks"] if block.cap),
        ["总分封顶", text["cap"]],
        ["总分保底", text["floor"]],
        ["得分小数位数", text["digits"]],
        ["缺报", text["missing"]],
        ["等级", "、".join(f"{grade['name']} ≥ {grade['min']}" for grade in text["grades"])],
        ["同分先比", " → ".join(text["ties"])],
        ["至少几个单位才排名次", text["min_peers"]],
        ["方案摘要", scheme.digest],
    ]
    return [Sheet(_("计分规则"), RULE_HEADS, rules), Sheet(_("总则"), ("项目", "内容"), common)]


def list_comparison(differences: list[Difference], trial: Trial | None) -> list[Sheet]:
    """Return the comparison as its page shows it."""
    sheets = [
        Sheet(
            _("差异"),
            ("哪里", "什么", "怎么变", "原来", "现在"),
            [[row.where, row.what, row.word, row.old, row.new] for row in differences],
        )
    ]
    if trial is not None:
        rows = [
            [table.name, row.unit, row.old_place, row.place, row.old_total, row.total, row.old_grade, row.grade, row.reasons]
            for table in trial.tables
            for row in table.rows
        ]
        sheets.append(Sheet(_("试算"), TRIAL_HEADS, rows))
    return sheets
