"""Where problems come from and the terms that go with each source: the defaults; a 管理区 overrides or adds its own (models.Source)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceRule:
    """One source with its terms: working days for the plan, the verification and a redo; calendar days for cure and watch."""

    code: str
    name: str
    basis: str = ""
    cure_days: int = 30
    plan_days: int = 3
    verify_days: int = 3
    redo_days: int = 5
    watch_days: int = 90


PRACTICE = "月度指标晾晒、专项检查、驻站带班发现的问题制定整改方案,明确措施、时限和责任人,逐条销号"

DEFAULT_SOURCES = (
    SourceRule("gap", "月度指标晾晒", PRACTICE),
    SourceRule("missed", "未达目标", "年度目标按月跟踪,未达目标的说明原因并整改"),
    SourceRule("check", "专项检查", PRACTICE),
    SourceRule("stationing", "领导驻站带班", PRACTICE, cure_days=15),
    SourceRule("supervision", "日常监督", "纪检小组日常监督发现的问题限期整改"),
    SourceRule("manual", "其他问题", "班站自查及其他途径发现的问题"),
)
