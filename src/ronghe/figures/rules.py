"""Domain rules of the monthly figures: pure values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = tuple[int, int]
# the note of a blank that was written out ('—', '无'): answered, though there is no figure (当月无应答复的免计)
NOTHING_TO_REPORT = "无数可报"


@dataclass(frozen=True)
class Entry:
    """One figure as typed or read, before it is saved: unit and indicator by id."""

    unit_id: int
    indicator_id: int
    actual: Decimal | None
    note: str = ""
    place: str = ""
    target: Decimal | None = None
    base: Decimal | None = None

    @property
    def cell(self) -> Cell:
        return self.unit_id, self.indicator_id


def is_answered(actual: Decimal | None, note: str) -> bool:
    """Tell whether a cell is answered: by a figure, or by saying why there is none (scored by the scheme's missing policy)."""
    return actual is not None or bool(note)


def next_month(period: str) -> str:
    """Return the month after '2026-12': '2027-01'."""
    year, month = int(period[:4]), int(period[5:7])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def previous_month(period: str) -> str:
    """Return the month before '2026-01': '2025-12'."""
    year, month = int(period[:4]), int(period[5:7])
    return f"{year - 1:04d}-12" if month == 1 else f"{year:04d}-{month - 1:02d}"


def month_of(day: date) -> str:
    """Return '2026-11' of a day in November 2026."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(period: str) -> date:
    """Return the first day of a month."""
    return date(int(period[:4]), int(period[5:7]), 1)


def last_day(period: str) -> date:
    """Return the last day of a month '2026-10': the day on which tracks and posts are read for it."""
    return date.fromordinal(first_day(next_month(period)).toordinal() - 1)


def name_month(period: str) -> str:
    """Return '2026年10月'."""
    return f"{period[:4]}年{int(period[5:7])}月"


def find_change(actual: Decimal | None, last: Decimal | None) -> Decimal | None:
    """Return by how many percent a figure differs from last month's; None where that says nothing."""
    if actual is None or not last:
        return None
    return (actual - last) / abs(last) * 100


def is_implausible(actual: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    """Tell whether a figure lies outside the range in which it is usual. It is asked about, never refused."""
    if actual is None:
        return False
    return (low is not None and actual < low) or (high is not None and actual > high)


def print_figure(value: Decimal | None, decimals: int | None = None) -> str:
    """Return a figure plainly: no exponent, no trailing zeros beyond `decimals`, thousands not separated; '' for none."""
    if value is None:
        return ""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    if decimals:
        whole, _point, part = text.partition(".")
        if len(part) < decimals:
            text = f"{whole}.{part.ljust(decimals, '0')}"
    return text


def print_range(low: Decimal | None, high: Decimal | None) -> str:
    """Return '100 至 5000' of the range in which a figure is usual; '' for none."""
    if low is not None and high is not None:
        return f"{print_figure(low)} 至 {print_figure(high)}"
    if low is not None:
        return f"不低于 {print_figure(low)}"
    return "" if high is None else f"不高于 {print_figure(high)}"


def print_change(change: Decimal | None) -> str:
    """Return '+3.2%' of a change; '' for none."""
    return "" if change is None else f"{change:+.1f}%"


@dataclass(frozen=True)
class Progress:
    """How far one unit is with what is asked of it."""

    asked: int
    confirmed: int
    submitted: int
    drafted: int

    @property
    def missing(self) -> int:
        """What nobody has handed in yet."""
        return self.asked - self.confirmed - self.submitted


def name_state(progress: Progress, open_state: str) -> str:
    """Return one word for the board: confirmed, submitted, returned, draft, partly or none.

    What a person must act on comes first: a returned batch is 'returned' even where other figures are confirmed.
    """
    if open_state in ("returned", "submitted", "draft"):
        return open_state
    if progress.asked and progress.confirmed == progress.asked:
        return "confirmed"
    return "partly" if progress.confirmed else "none"


def measure_progress(asked: Iterable[Cell], *, confirmed: set[Cell], submitted: set[Cell], drafted: set[Cell]) -> Progress:
    """Count the asked cells by how far they are; each cell counts once, at its furthest."""
    cells = set(asked)
    done = cells & confirmed
    pending = (cells & submitted) - done
    begun = (cells & drafted) - done - pending
    return Progress(len(cells), len(done), len(pending), len(begun))
