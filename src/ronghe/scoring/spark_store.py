"""Where Spark writes results: any file system that Hadoop knows, each period's folders put in place only when all are written."""

from __future__ import annotations

import uuid
from typing import Any

from ronghe.scoring.tables import RESULT_NAMES


class Store:
    """The folders of one run: written under a hidden folder, moved into place when the block ends without an error."""

    def __init__(self, session: Any, out: str) -> None:
        self._paths = session._jvm.org.apache.hadoop.fs.Path
        self._out = out.rstrip("/")
        self._scratch = f"{self._out}/.ronghe-{uuid.uuid4().hex[:12]}"
        self._files = self._paths(self._out).getFileSystem(session._jsc.hadoopConfiguration())
        self._written: list[tuple[str, str]] = []

    def __enter__(self) -> Store:
        return self

    def place(self, name: str, period: str) -> str:
        """Return the folder to write a period of a table to."""
        if (name, period) not in self._written:
            self._written.append((name, period))
        return f"{self._scratch}/{name}.parquet/period={period}"

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if kind is None:
                self._put_in_place()
        finally:
            self._files.delete(self._paths(self._scratch), True)

    def _put_in_place(self) -> None:
        for name in RESULT_NAMES:
            whole = self._paths(f"{self._out}/{name}.parquet")
            # A single file of an earlier run makes room for the folder.
            if self._files.exists(whole) and self._files.getFileStatus(whole).isFile():
                self._files.delete(whole, False)
            self._files.mkdirs(whole)
        for name, period in self._written:
            there = self._paths(f"{self._out}/{name}.parquet/period={period}")
            self._files.delete(there, True)
            if not self._files.rename(self._paths(self.place(name, period)), there):
                raise OSError(f"{there.toString()}: 写不进去")
