"""The ranking as a workbook: text stays text, so that no cell is taken for a formula."""

import io
from collections.abc import Collection

from ronghe.assessment.models import Run
from ronghe.assessment.queries.ranking import RankingRow, TrackTable
from ronghe.assessment.rules import describe_month
from ronghe.common.exports import clean_cell

HEADS = (
    "名次",
    "单位",
    "党小组长",
    "总分",
    "等级",
    "较上月",
    "名次变化",
    "党建得分",
    "业务得分",
    "缺报",
    "否决",
    "权重±10%时名次",
    "无显著差异",
    "说明",
)
WIDTHS = (6, 18, 10, 9, 9, 10, 10, 14, 14, 6, 6, 14, 24, 48)


def write_ranking(run: Run, tables: list[TrackTable], *, watermark: str, left_out: Collection[str] = ()) -> bytes:
    """Return the track tables of a run as xlsx, one sheet a track, each with the watermark above its heads and on every printed page."""
    kept = [place for place, head in enumerate(HEADS) if head not in left_out]
    import xlsxwriter  # noqa: PLC0415  (only an export needs it)

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F5"})
        mark = book.add_format({"font_color": "#8a0c14", "italic": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "0.00", "valign": "top"})
        names: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(name_sheet(table.name, names))
            sheet.write_string(
                0, 0, f"{run.area.name} {describe_month(run.period)}考核排名 · {table.name}{'(选列)' if left_out else ''}", title
            )
            sheet.write_string(1, 0, f"{run.get_state_display()};方案:{run.scheme};结果摘要 {run.results_digest[:16]}")
            sheet.write_string(2, 0, watermark, mark)
            sheet.set_footer(f"&L{watermark.replace('&', '&&')}&R&P/&N")
            for column, (text, width) in enumerate((HEADS[place], WIDTHS[place]) for place in kept):
                sheet.write_string(3, column, text, head)
                sheet.set_column(column, column, width)
            for line, row in enumerate(table.rows, start=4):
                cells = list_cells(row)
                for column, value in enumerate(cells[place] for place in kept):
                    if isinstance(value, (int, float)):
                        sheet.write_number(line, column, value, number if isinstance(value, float) else wrap)
                    else:
                        sheet.write_string(line, column, value, wrap)
            sheet.freeze_panes(4, 2)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(3)
    return stream.getvalue()


def list_cells(row: RankingRow) -> list[str | int | float]:
    """Return one unit's cells."""
    return [
        int(row.place) if row.place else "—",
        clean_cell(row.unit),
        clean_cell(row.leader),
        float(row.value) if row.value is not None else "",
        row.grade or "暂定",
        row.total_change.word,
        row.place_change.word,
        row.party,
        row.business,
        row.missing,
        row.vetoed,
        row.firm.central if row.firm else "",
        clean_cell(row.firm.alike) if row.firm else "",
        clean_cell(row.note),
    ]


def name_sheet(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet: no signs of its own, at most 31, none twice."""
    base = "".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:28] or "赛道"
    found, number = base, 2
    while found.lower() in taken:
        found, number = f"{base}_{number}", number + 1
    taken.add(found.lower())
    return found
