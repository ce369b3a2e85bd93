"""The rules of 溯源, pure: when a cause is a cause, and when the cure may be called finished."""

from collections.abc import Mapping, Sequence

LEAST_WHYS, MOST_WHYS = 3, 5
# what should have held the finding back, from the source outwards
BARRIERS = {
    "design": "设备本质安全", "rule": "制度规程", "list": "清单指南", "training": "培训取证", "permit": "作业许可",
    "check": "检查监督", "alarm": "监测报警", "person": "现场操作",
}  # fmt: skip
STATES = {"held": "起作用", "weak": "没起作用", "missing": "没有"}


def find_fault(whys: Sequence[str], barriers: Mapping[str, str]) -> str:
    """Return what the tracing still lacks, or ''. A chain that ends with a person is no cause: what let the person do it?"""
    told = [one.strip() for one in whys if one.strip()]
    if len(told) < LEAST_WHYS:
        return f"请至少问到第 {LEAST_WHYS} 个为什么。"
    if len(set(told)) < len(told):
        return "有两个“为什么”写的是同一句话,请往下再问一层。"
    failed = [name for name, state in barriers.items() if state in ("weak", "missing")]
    if not failed:
        return "请指出哪一道屏障没起作用或没有:都起作用就不会发生。"
    if failed == ["person"]:
        return "只写现场操作不算查到原因:是哪一道制度、清单、培训、检查没有挡住?"
    return ""


def find_bar(*, traced: bool, at_source: str, changes: int, no_change: str, released: str = "") -> str:
    """Return why the cure may not be handed in yet, or ''."""
    if released:
        return ""
    if not traced:
        return "这是安全环保质量问题,请先做三册溯源:问清为什么、哪道屏障没挡住。"
    if not at_source.strip():
        return "请写明源头上怎样治理,不只是处理现场。"
    if not changes and not no_change.strip():
        return "请登记改了哪一条清单、指南或职责;确实不用改的写明理由。"
    return ""
