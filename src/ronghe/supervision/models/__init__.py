"""督办, 监督清单, 重点工程, 预警, 公开."""

from ronghe.supervision.models.boards import BoardItem, BoardMove, BoardNumbers, BoardReport, BoardWeek
from ronghe.supervision.models.checks import Check, CheckLine, Finding, LogEntry, LogPerson, NameReading

__all__ = [
    "BoardItem",
    "BoardMove",
    "BoardNumbers",
    "BoardReport",
    "BoardWeek",
    "Check",
    "CheckLine",
    "Finding",
    "LogEntry",
    "LogPerson",
    "NameReading",
]
