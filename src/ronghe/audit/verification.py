"""Verifying the audit: every chain is read from its first entry to its last and compared with the signed checkpoints."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connections

from ronghe.audit.checkpoints import BadCheckpoint, Checkpoint, list_files, read_checkpoints
from ronghe.audit.models import Chain, Entry
from ronghe.audit.rules import digest_texts, write_changes, write_time
from ronghe.common.crypto.current import PublicKeys, public_keys

CHUNK = 20_000
MOST_FAULTS = 20  # a chain; after a break everything follows wrong
CLOCK_SLACK = timedelta(minutes=5)  # a server's clock may be set back a little


@dataclass
class Report:
    """What a verification found. `faults` are sentences that name chain and entry; `chains` maps a code to what was read."""

    entries: int = 0
    faults: list[str] = field(default_factory=list)
    chains: dict[str, "ChainReport"] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.faults


@dataclass
class ChainReport:
    """One chain as it was read. `assured` is the number up to which a checkpoint outside the database vouches for it."""

    code: str
    entries: int = 0
    assured: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(f"链 {self.code}:{text}")

    @property
    def is_full(self) -> bool:
        return len(self.faults) >= MOST_FAULTS


def verify_all(key: PublicKeys | None = None, *, using: str = "default", place: Path | None = None) -> Report:
    """Read every chain and every file of checkpoints; see `verify_chain`. Writing may go on meanwhile.

    `using` and `place` name another database and another folder of checkpoints: those of a backup before it is restored.
    """
    key = key or public_keys()
    report = Report()
    # checkpoints first: what is appended while we read lies behind the lengths that are read after them
    points = {code: collect_checkpoints(code, key, place) for code in list_files(place)}
    chains = list(Chain.objects.using(using).order_by("code"))
    for chain in chains:
        found, problem = points.pop(chain.code, ([], ""))
        part = verify_chain(chain, found)
        if problem:
            part.add(problem)
        report.chains[chain.code] = part
        report.entries += part.entries
        report.faults += part.faults
    report.faults += [
        f"链 {code}:检查点记有 {found[-1].number if found else '?'} 条,数据库里整条链不见了" for code, (found, _problem) in points.items()
    ]
    return report


def collect_checkpoints(code: str, key: PublicKeys, place: Path | None = None) -> tuple[list[Checkpoint], str]:
    """Return the good checkpoints of a chain and, where its file is damaged, what is wrong with it."""
    good: list[Checkpoint] = []
    try:
        good.extend(read_checkpoints(code, key, place))
    except BadCheckpoint as problem:
        return good, str(problem)
    return good, ""


def verify_chain(chain: Chain, points: list[Checkpoint]) -> ChainReport:
    """Read one chain: numbers without a gap from 1, each digest right and carried on by the next, time going forward,
    the length that the head says, and at each checkpoint the digest that was signed then."""
    report = ChainReport(chain.code)
    signed = {point.number: point.digest for point in points}
    expected, previous, latest = 1, "", ""
    for number, at, texts, before, digest in read_entries(chain):
        if number != expected:
            lost = f"第 {expected} 条" if number == expected + 1 else f"第 {expected}–{number - 1} 条"
            report.add(f"{lost}缺失(被删除或截去)" if number > expected else f"第 {number} 条重复")
        elif before != previous:
            report.add(f"第 {number} 条接不上前一条(前一条被改写、调换,或此条是插入的)")
        if digest != digest_texts(texts):
            report.add(f"第 {number} 条内容与摘要不符(被改动)")
        if number in signed and signed[number] != digest:
            report.add(f"第 {number} 条与当时签名的检查点不符(此前的记录被整段重算)")
        if at < latest and is_backdated(at, latest, CLOCK_SLACK):
            report.add(f"第 {number} 条的时间 {at[:16]} 早于前一条(倒填日期插入)")
        expected, previous, latest = number + 1, digest, at
        report.entries += 1
        if report.is_full:
            return report
    check_end(chain, report, expected - 1, previous, points)
    return report


def check_end(chain: Chain, report: ChainReport, last: int, head: str, points: list[Checkpoint]) -> None:
    """Compare the end of the chain with its head row, with the last checkpoint and with what has been ordered to be written."""
    assured = max((point.number for point in points), default=0)
    report.assured = min(assured, last)
    if last < chain.length:
        report.add(f"第 {last + 1}–{chain.length} 条缺失(末尾被截去)")
    elif head != chain.head:
        report.add(f"第 {last} 条不是链头所记的最后一条")
    if assured > max(last, chain.length):
        report.add(f"检查点签到第 {assured} 条,数据库里只到第 {last} 条(末尾被截去)")
    if assured < chain.checked:
        report.add(f"检查点文件只到第 {assured} 条,应到第 {chain.checked} 条(检查点被删,或没有写成)")
    using = chain._state.db
    beyond = (
        Entry.objects.using(using).filter(chain=chain, number__gt=chain.length).order_by("number").values_list("number", flat=True).first()
    )
    if beyond and Chain.objects.using(using).get(pk=chain.pk).length < beyond:
        report.add(f"第 {beyond} 条超出链头所记的长度(绕过程序插入)")


def is_backdated(at: str, latest: str, slack: timedelta) -> bool:
    """Tell whether a stored time lies clearly before the one of the entry before it."""
    try:
        return datetime.fromisoformat(at[:19]) + slack < datetime.fromisoformat(latest[:19])
    except ValueError:
        return True  # no time that the program writes


def read_entries(chain: Chain) -> Iterator[tuple[int, str, tuple[str, ...], str, str]]:
    """Yield (number, time, hashed texts, previous, digest) of a chain in order.

    Plain SQL by ranges of numbers: a million entries are a matter of seconds, and no transaction stays open over them.
    """
    decoder: Any = json.JSONDecoder()
    code, after, scan = chain.code, 0, decoder.scan_once  # without loads' checks: half its time
    connection = connections[chain._state.db or "default"]
    sql = STATEMENTS[connection.vendor]
    while after < chain.length:
        with connection.cursor() as cursor:
            cursor.execute(sql, [chain.pk, after, chain.length, CHUNK])
            rows = cursor.fetchall()
        if not rows:
            return
        for number, at, actor, name, verb, label, obj, obj_name, note, changes, before, digest in rows:
            at = complete_time(at)
            kept = "" if changes == "{}" else write_changes(scan(changes, 0)[0])
            yield number, at, (code, str(number), at, actor, name, verb, label, obj, obj_name, note, kept, before), before, digest
        after = rows[-1][0]


def complete_time(at: Any) -> str:
    """Return the stored time as it was hashed: SQLite keeps text and leaves out microseconds that are zero."""
    if not isinstance(at, str):
        return write_time(at)
    return f"{at}.000000" if len(at) == 19 else at


COLUMNS = "actor_name, verb, label, coalesce(cast(object_id as text), ''), object_name, note, cast(changes as text), previous, digest"
SOURCE = "from audit_entry where chain_id = %s and number > %s and number <= %s order by number limit %s"
# the only input of these statements is bound
STATEMENTS = {
    "sqlite": f"select number, cast(at as text), coalesce(cast(actor_id as text), ''), {COLUMNS} {SOURCE}",
    "postgresql": f"select number, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), coalesce(cast(actor_id as text), ''), {COLUMNS} {SOURCE}",
}
