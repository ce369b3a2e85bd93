"""Plausible values for forms that are data."""

from typing import Any

from ronghe.decisions.models import Step

TEXTS = {
    "line": "符合。与党中央关于国有企业改革发展和安全生产的要求一致,没有抵触。",
    "strategy": "契合。属于采油厂年度重点任务,服务稳产增效和绿色低碳部署。",
    "benefit": "有利。测算回收期在要求以内,资金来源落实,不形成闲置资产。",
    "people": "维护。已听取职工代表意见,不涉及岗位收入减少,施工避开居民区。",
    "need": "现有设施腐蚀老化、故障频发,影响产量和安全,须在入冬前解决。",
    "where": "到两个班站现场调研,听取站长、班长和岗位员工意见 14 条。",
    "found": "问题集中在老化管段和高能耗机型,近半年非计划停机 9 次。",
    "numbers": "按近 12 个月实际消耗和市场询价测算,附测算表。",
    "done": "按决议组织实施,节点和费用都在批准范围内,资料存档。",
    "goal": "目标为年节电 18 万 kWh,试运行折算 19 万 kWh。",
    "lesson": "方案比选早一步,采购周期可再缩短一周。",
    "proposal": "提请会议研究决定,材料和前面各步的意见附后。",
    "differences": "会前与分管领导沟通,没有不同意见。",
}


def fill(step: Step) -> dict[str, str]:
    """Return plausible values for the fields of a step's form."""
    values: dict[str, str] = {}
    for one in step.matter.edition.list_fields(step.form):
        plain: dict[str, Any] = {
            "number": "12",
            "date": f"{step.opened_on}",
            "yesno": "是",
            "long": f"{one.label}:已研究,详见附件。",
        }
        if not one.is_section:
            values[one.code] = one.choices[0] if one.choices else TEXTS.get(one.code, plain.get(one.kind, f"{one.label}已落实"))
    return values
