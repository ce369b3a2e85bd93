"""From bytes to plain cells, all in this process. The server calls `sandbox.read_grids`, which runs this in a child."""

from collections.abc import Callable

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import Kind, NotASheetError
from ronghe.common.sheets.delimited import read_delimited
from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.xls import read_xls
from ronghe.common.sheets.xlsx import read_xlsx

Report = Callable[[str, int, int], None]


def ignore_report(stage: str, done: int, total: int) -> None:
    """Take a progress report and do nothing with it."""


def check_bytes(data: bytes) -> None:
    """Refuse an absurdly large upload."""
    if len(data) > limits.MAX_BYTES:
        raise NotASheetError(
            f"文件有 {len(data) / 1024 / 1024:.1f} MB,超过 {limits.MAX_BYTES // 1024 // 1024} MB 的上限,请只保留要上报的内容再传"
        )


def load_grids(data: bytes, kind: Kind, report: Report = ignore_report) -> list[Grid]:
    """Give the sheets of a file. NotASheetError where it cannot be read."""
    if kind == "xlsx":
        return read_xlsx(data, report)
    if kind == "xls":
        return read_xls(data, report)
    return read_delimited(data)
