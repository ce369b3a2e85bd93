"""Reading the keys of one TOML table, noting every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, overload

from ronghe.scoring.numbers import DECIMAL_LIMIT
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_model import Pair

_CODE = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
_MAX_DIGITS = len(str(DECIMAL_LIMIT)) - 1


class KeyReader:
    """One table of the scheme. Each method takes one key, checks it and remembers that it was asked for."""

    def __init__(self, file: str, table: str, values: dict[str, Any], problems: list[Problem]) -> None:
        self._file = file
        self._table = table
        self._values = values
        self._problems = problems
        self._asked: set[str] = set()

    def complain(self, key: str, message: str) -> None:
        """Note a problem at a key of this table."""
        self._problems.append(Problem(self._file, self._table, key, message))

    def has(self, key: str) -> bool:
        """Tell whether the table holds the key, without asking for it."""
        return key in self._values

    def refuse_unknown(self) -> None:
        """Note every key that nothing asked for."""
        for key in self._values:
            if key not in self._asked:
                self.complain(key, "未知的键")

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, trimmed; an empty one where it is absent."""
        value = self._take(key, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(key, "应为文字")
            return ""
        if not value.strip():
            self.complain(key, "不能为空")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of texts, or None where it is absent."""
        value = self._take(key, False)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.complain(key, "应为文字的列表")
            return None
        return tuple(item.strip() for item in value)

    def code(self, key: str) -> str:
        """Return a code of an indicator or a dimension."""
        value = self._take(key, True)
        if value is None:
            return ""
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            self.complain(key, "代码应由小写字母开头,只含小写字母、数字、下划线和连字符")
            return ""
        return value

    def choice(self, key: str, allowed: Sequence[str], *, required: bool = False, default: str = "") -> str:
        """Return one of the allowed words."""
        value = self._take(key, required)
        if value is None:
            return default
        if value not in allowed:
            self.complain(key, f"应为 {'、'.join(allowed)} 之一")
            return default
        return str(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key, False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(key, "应为 true 或 false")
            return default
        return value

    def integer(self, key: str, *, required: bool = False, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """Return an integer within [low, high]."""
        value = self._take(key, required)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.complain(key, "应为整数")
            return default
        if (low is not None and value < low) or (high is not None and value > high):
            self.complain(key, f"应不小于 {low}" if high is None else f"应在 {low} 到 {high} 之间")
            return default
        return value

    @overload
    def number(self, key: str, *, required: bool = False, default: Decimal) -> Decimal: ...
    @overload
    def number(self, key: str, *, required: bool = False, default: Literal[None] = None) -> Decimal | None: ...
    def number(self, key: str, *, required: bool = False, default: Decimal | None = None) -> Decimal | None:
        """Return a decimal as written, or the default where it is absent or wrong."""
        value = self._take(key, required)
        if value is None:
            return default
        number = self._decimal(key, value)
        return default if number is None else number

    def pairs(self, key: str, *, least: int, first: str) -> tuple[Pair, ...]:
        """Return a required list of [x, share] pairs whose x rises strictly; an empty one where it is wrong."""
        value = self._take(key, True)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, list) and len(item) == 2 for item in value):
            self.complain(key, f"应写成 [[{first}, share], …]")
            return ()
        numbers = [[self._decimal(key, part) for part in item] for item in value]
        if any(part is None for item in numbers for part in item):
            return ()
        pairs = tuple((x, share) for x, share in numbers if x is not None and share is not None)
        if len(pairs) < least:
            self.complain(key, f"至少要有 {least} 个点" if least > 1 else "不能为空")
            return ()
        if any(after[0] <= before[0] for before, after in zip(pairs, pairs[1:], strict=False)):
            self.complain(key, f"各点的 {first} 须严格递增")
            return ()
        return pairs

    def _take(self, key: str, required: bool) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.complain(key, "缺少必需的键")
            return None
        return self._values[key]

    def _decimal(self, key: str, value: object) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.complain(key, "应为数字")
            return None
        if isinstance(value, int):
            value = Decimal(value)
        if not value.is_finite():
            self.complain(key, "应为有限的数字")
            return None
        _, digits, exponent = value.as_tuple()
        # Checked before any arithmetic: 1e999999 is short to write and endless to compute with.
        if value != 0 and (len(digits) > _MAX_DIGITS or not -_MAX_DIGITS <= int(exponent) <= _MAX_DIGITS):
            self.complain(key, "数字过长,精确计算会超过 38 位")
            return None
        return value if value != 0 else Decimal(0)
