"""What leaves the product as a file or on paper: marked, watermarked with the reader's name, logged, audited, and safe to open.

Tables go through `hand_out`; a workbook of another shape through `mark_export` (its line stands in the workbook) and
`hand_out_file`; bytes that must stay as they are (evidence, what `ronghe score` reads and writes) through `hand_out_file`, which
puts mark and name into the file's name; a page to print through `mark_export`. Nothing else answers with an attachment
(tests/test_exports.py walks all addresses).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.common import registry
from ronghe.common.models import Export

INTERNAL = "内部"
PRACTICE = "练习,数据是假的"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what a spreadsheet, or a CSV saved from it, takes for the start of a formula; full-width too, which input methods turn back
DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
EXACT_DIGITS = 15
WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, column heads and rows of plain values (text, number, date, None)."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]] = field(default=())


def find_left_out(request: Any, page: str) -> set[str]:
    """Return the heads of a list's sheet that belong to columns which its reader has left out of the list."""
    listed = registry.lists.get(page)
    hidden = {key for one in registry.shelves.values() for key in one.hidden(request, page)}
    return {head for column in listed.columns if column.key in hidden for head in column.heads} if listed is not None else set()


def narrow(request: Any, page: str, sheet: Sheet) -> Sheet:
    """Return a list's sheet without the columns that its reader has left out of the list; its title then says that it is a selection."""
    left_out = find_left_out(request, page)
    kept = [place for place, head in enumerate(sheet.heads) if head not in left_out]
    if len(kept) == len(sheet.heads):
        return sheet
    rows = [[row[place] for place in kept] for row in sheet.rows]
    return Sheet(_("%(title)s(选列)") % {"title": sheet.title}, [sheet.heads[place] for place in kept], rows)


def mark_export(user: Any, *, what: str, rows: int, area_id: int | None = None, mark: str = INTERNAL) -> str:
    """Log what is about to leave (who takes what, how many rows, when), and return the line that it must bear."""
    reader = name_reader(user)
    with transaction.atomic():
        export = Export.objects.create(user_id=user.pk, user_name=reader, area_id=area_id, what=what[:100], mark=mark, rows=rows)
        for watch in registry.export_watchers.values():
            watch(export, user)
    return write_watermark(reader, mark)


def hand_out(user: Any, *, what: str, sheets: Sequence[Sheet], name: str, area_id: int | None = None, mark: str = INTERNAL) -> FileResponse:
    """Answer with a workbook of tables, and log it. `name` is the file's name without its ending."""
    rows = sum(len(sheet.rows) for sheet in sheets)
    watermark = mark_export(user, what=what, rows=rows, area_id=area_id, mark=mark)
    return send_file(build_workbook(sheets, watermark=watermark), name=f"{name}.xlsx", media_type=XLSX)


def hand_out_file(
    user: Any, *, what: str, data: bytes, name: str, media_type: str, rows: int = 0, area_id: int | None = None, mark: str = INTERNAL
) -> FileResponse:
    """Answer with bytes as they are, and log it; mark and reader stand in the file's name."""
    mark_export(user, what=what, rows=rows, area_id=area_id, mark=mark)
    return send_file(data, name=mark_name(name, name_reader(user), mark), media_type=media_type)


def send_file(data: bytes, *, name: str, media_type: str) -> FileResponse:
    """Answer with a file to save. What it holds has been marked and logged by the caller."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def mark_name(name: str, reader: str, mark: str = INTERNAL) -> str:
    """Return a file's name with mark, reader and day before its ending."""
    stem, dot, ending = name.rpartition(".")
    mark = PRACTICE if settings.SANDBOX else mark
    note = f"【{mark} {reader} {timezone.localdate():%Y%m%d}】"
    return f"{stem}{note}{dot}{ending}" if dot and stem else f"{name}{note}"


def name_reader(user: Any) -> str:
    """Return the name that the file bears."""
    standing_of = registry.people.get("standing")
    standing = standing_of(user) if standing_of else None
    return str(getattr(standing, "name", "") or user.get_username())[:60]


def write_watermark(reader: str, mark: str) -> str:
    """Return the line that stands at the head and foot of every sheet."""
    mark = PRACTICE if settings.SANDBOX else mark
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return _("【%(mark)s】导出人 %(reader)s · %(at)s · 注意保管,涉密不上网") % {"mark": mark, "reader": reader, "at": at}


def clean_cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, (int, float, Decimal)):
        return value if len(str(abs(value)).replace(".", "")) <= EXACT_DIGITS else str(value)
    if isinstance(value, (datetime, date)):
        return value
    text = str(value)
    start = text.lstrip(" \u3000")
    return f"'{text}" if len(start) > 1 and start[0] in DANGEROUS else text


def build_workbook(sheets: Sequence[Sheet], *, watermark: str) -> bytes:
    """Return the bytes of an xlsx with the watermark above the heads and at the foot of every printed page."""
    import xlsxwriter  # noqa: PLC0415

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    styles = {
        "mark": book.add_format({"font_color": "#8a0c14", "italic": True}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for sheet, title in zip(sheets, name_sheets(sheet.title for sheet in sheets), strict=True):
        page = book.add_worksheet(title)
        page.write_string(0, 0, watermark, styles["mark"])
        page.set_header(f"&R{watermark.replace('&', '&&')}")
        page.set_footer(_("&L%(mark)s&R第 &P/&N 页") % {"mark": watermark.replace("&", "&&")})
        for column, head in enumerate(sheet.heads):
            page.write_string(1, column, str(clean_cell(head)), styles["head"])
        for number, row in enumerate(sheet.rows, 2):
            for column, value in enumerate(row):
                write_cell(page, number, column, clean_cell(value), styles)
        page.freeze_panes(2, 0)
        for column, width in enumerate(measure(sheet)):
            page.set_column(column, column, width)
    book.close()
    return target.getvalue()


def write_cell(page: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    if isinstance(value, datetime):
        page.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value, styles["time"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), styles["date"])  # noqa: DTZ001
    elif isinstance(value, (int, float, Decimal)):
        page.write_number(row, column, value)
    elif value:
        page.write_string(row, column, value)


def measure(sheet: Sheet) -> list[int]:
    """Return a width for each column from its head and its first rows; a Chinese character takes two."""
    samples: Callable[[int], Iterable[Any]] = lambda column: (row[column] for row in sheet.rows[:100] if column < len(row))  # noqa: E731
    widths = []
    for column, head in enumerate(sheet.heads):
        texts = [str(head), *("2026-11-23 16:30" if isinstance(value, datetime) else str(value or "") for value in samples(column))]
        widths.append(min(WIDEST, 2 + max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) for text in texts)))
    return widths


def name_sheets(titles: Iterable[str]) -> list[str]:
    """Return sheet names that Excel takes: at most 31 characters, none of []:*?/\\, none twice."""
    names: list[str] = []
    for title in titles:
        plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in title).strip("'")[:28] or "Sheet"
        name, number = plain, 2
        while name.lower() in (used.lower() for used in names):
            name, number = f"{plain}-{number}", number + 1
        names.append(name)
    return names
