"""督办, 监督清单, 重点工程, 预警, 公开."""

from ronghe.supervision.models.alerts import Alert, AlertRule
from ronghe.supervision.models.boards import BoardItem, BoardMove, BoardNumbers, BoardReport, BoardWeek
from ronghe.supervision.models.checks import Check, CheckLine, Finding, LogEntry, LogPerson, NameReading
from ronghe.supervision.models.openness import Correction, Disclosure, Election, OpenItem, Opinion
from ronghe.supervision.models.works import Work, WorkForm, WorkStop, WorkType, WorkVersion

__all__ = [
    "Alert",
    "AlertRule",
    "BoardItem",
    "BoardMove",
    "BoardNumbers",
    "BoardReport",
    "BoardWeek",
    "Check",
    "CheckLine",
    "Correction",
    "Disclosure",
    "Election",
    "Finding",
    "LogEntry",
    "LogPerson",
    "NameReading",
    "OpenItem",
    "Opinion",
    "Work",
    "WorkForm",
    "WorkStop",
    "WorkType",
    "WorkVersion",
]
