"""What the administrators are warned of: read when asked, kept nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min

from ronghe.audit.checkpoints import last_written
from ronghe.audit.models import Chain, Verification
from ronghe.common.calendar import now, today
from ronghe.common.ticks import ticks
from ronghe.notices.models import Delivery
from ronghe.operations.models import TickRun
from ronghe.operations.rules import is_silent
from ronghe.org.permissions import is_administrator


@dataclass(frozen=True)
class TickLine:
    """One tick as the status page shows it."""

    title: str
    last_good: datetime | None
    silent: bool
    note: str
    failed: bool


@dataclass(frozen=True)
class ChainLine:
    """One chain: how long it is, up to where a checkpoint was ordered, up to where it is written."""

    code: str
    length: int
    ordered: int
    written: int

    @property
    def is_behind(self) -> bool:
        return self.written < self.ordered


def list_ticks() -> list[TickLine]:
    """Return every registered tick with its last good run. Two queries."""
    runs = TickRun.objects.filter(ok=True).order_by().values_list("name").annotate(last=Max("ended_at"), first=Min("started_at"))
    good: dict[str, datetime | None] = {}
    begun: datetime | None = None  # what has not had its hour yet is late only a day after the worker first ran
    for name, last, first in runs:
        good[name] = last
        begun = min(begun or first, first)
    latest: dict[str, TickRun] = {}
    for row in TickRun.objects.filter(day__gte=today() - timedelta(days=3)).order_by("day", "started_at"):
        latest[row.name] = row
    lines = []
    for name, tick in ticks.items():
        run = latest.get(name)
        failed = run is not None and run.ended_at is not None and not run.ok
        lines.append(TickLine(tick.title, good.get(name), is_silent(good.get(name) or begun, now()), run.note if run else "", failed))
    return lines


def list_chains() -> list[ChainLine]:
    """Return every chain with its checkpoints. One query and a look at each file's last line."""
    return [ChainLine(row.code, row.length, row.checked, last_written(row.code)) for row in Chain.objects.filter(length__gt=0)]


def list_warnings() -> list[str]:
    """Return what an administrator must look at, worst first."""
    found = []
    last = Verification.objects.first()
    if last is not None and last.faults:
        found.append(f"审计链核验发现 {len(last.faults)} 处问题:{last.faults[0]}")
    behind = [line.code for line in list_chains() if line.is_behind]
    if behind:
        found.append(f"审计检查点没有写成(链 {'、'.join(behind)}):请检查磁盘和目录 {settings.RONGHE_CHECKPOINTS}")
    silent = [line.title for line in list_ticks() if line.silent]
    if silent:
        found.append(f"超过 26 小时没有运行(或还没有运行过):{'、'.join(silent)}。请检查工作进程(ronghe worker)是否在运行")
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).count()
    if failed:
        found.append(f"有 {failed} 条邮件或机器人消息没有发出")
    return found


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the administrators' panel of the workbench, None for everybody else."""
    return {"warnings": list_warnings()} if is_administrator(user) else None
