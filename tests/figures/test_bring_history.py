"""历史数据: 36 months from one sheet, long or with the months across, confirmed by a second person as a whole or not at all."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.actions import Refused
from ronghe.figures.actions.history import decline_history, keep_history, submit_history, take_history
from ronghe.figures.models import Batch, Figure, HistoryFile
from ronghe.figures.queries.history import read_file
from ronghe.figures.rules import previous_month
from ronghe.goals.models import Target
from ronghe.worklist.models import Task
from tests.figures.factories import make_indicators, make_period, make_target, month
from tests.figures.reading.builders import make_csv, make_xlsx

HEADS = ["月份", "单位", "指标", "实际值", "目标值", "基数"]


@pytest.fixture
def known(world):
    world.indicators = make_indicators(world)
    return world


def list_past(count=36):
    """The months before the one that is asked now, the newest last."""
    found = [previous_month(month())]
    while len(found) < count:
        found.append(previous_month(found[-1]))
    return found[::-1]


def bring(world, rows, **more):
    data = make_xlsx(rows, **more)
    return keep_history(world.area, data=data, name="历史.xlsx", found=read_file(world.area, data), by=world.zhaomin.user)


def long_rows(months):
    return [
        HEADS,
        *([m, name, "原油产量(t)", 900 + n, 1000, 800] for m in months for n, name in enumerate(("注采一站", "注采二站", "注采三站"))),
    ]


def take(world, row, by="qianjin"):
    return take_history(submit_history(row, by=world.zhaomin.user), by=getattr(world, by).user)


def test_thirty_six_months_of_figures_and_targets(known):
    months = list_past()
    row = bring(known, long_rows(months))
    assert (row.figures, HistoryFile.objects.get().data is not None, Figure.objects.count()) == (36 * 9, True, 0)
    take(known, row)
    assert Figure.objects.filter(in_force=True).count() == 108
    assert list(Figure.objects.filter(unit=known.unit["注采三站"], period=months[0]).values_list("actual", "in_force")) == [
        (Decimal(902), True)
    ]
    assert set(Target.objects.values_list("value", "base")) == {(Decimal(1000), Decimal(800))}
    assert set(Batch.objects.values_list("state", "decided_by__person__name", "author__person__name")) == {("confirmed", "钱进", "赵敏")}
    assert (Batch.objects.count(), Task.objects.open().count()) == (36, 0)


def test_months_across_under_merged_years_with_full_width_digits(known):
    last = int(month()[:4]) - 1
    rows = [
        ["各站历史产量", None, None, None, None],
        ["单位", "指标", f"{last - 1}年", None, f"{last}年"],
        [None, None, "11月", "12月", "1月"],
        ["注采一站", "产油量", "９５０", "1,020", None],
        ["注采二站", None, 880, "-", "1.1千"],
        ["合计", None, 1830, 1020, 1100],
    ]

    def merge(sheet):
        for place in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"):
            sheet.merge_cells(place)

    known.indicators["oil"].aliases = ["产油量"]
    known.indicators["oil"].save()
    row = bring(known, rows, change=merge)
    assert row.reading["problems"] == [] or all(one[3] == "note" for one in row.reading["problems"])
    take(known, row)
    seen = {(one.unit.name, one.period): one.actual for one in Figure.objects.select_related("unit")}
    assert seen == {
        ("注采一站", f"{last - 1}-11"): Decimal(950), ("注采一站", f"{last - 1}-12"): Decimal(1020),
        ("注采二站", f"{last - 1}-11"): Decimal(880), ("注采二站", f"{last}-01"): Decimal(1100),
    }  # fmt: skip


def test_every_problem_stands_at_its_cell_and_nothing_is_saved(known):
    ok = list_past()[-1]
    rows = [
        HEADS,
        [ok, "注采一站", "原油产量", 900, 1000, None],
        [ok, "注采九站", "原油产量", 900, None, None],
        [ok, "注采二站", "产气量", 900, None, None],
        ["3月", "注采二站", "原油产量", 900, None, None],
        [ok, "注采二站", "原油产量", "很多", None, None],
        ["2001-01", "注采二站", "原油产量", 900, None, None],
        [ok, "注采一站", "原油产量", 901, None, None],
    ]
    row = bring(known, rows)
    assert [(one[1], one[2]) for one in row.reading["problems"]] == [(3, "B"), (4, "C"), (5, "A"), (6, "D"), (7, "D"), (8, "D")]
    with pytest.raises(Refused, match="6 处问题"):
        submit_history(row, by=known.zhaomin.user)
    assert Figure.objects.count() == 0


def test_a_month_that_was_asked_for_here_is_not_brought_in(known):
    make_period(known)
    row = bring(known, long_rows([month()]))
    assert {(one[3], one[4].partition(" ")[2]) for one in row.reading["problems"]} == {("error", "已在系统里下发填报,请在填报或更正里改")}


def test_what_is_there_and_differs_refuses_the_whole(known):
    months = list_past(2)
    make_target(known.indicators["oil"], known.unit["注采一站"], 1234, period=months[1])
    row = submit_history(bring(known, long_rows(months)), by=known.zhaomin.user)
    with pytest.raises(Refused, match=r"有 1 格与系统里已有的数不同\(E5\)"):
        take_history(row, by=known.qianjin.user)
    assert (Figure.objects.count(), Batch.objects.count()) == (0, 0)


def test_brought_in_twice_it_writes_nothing_more(known):
    rows = long_rows(list_past(3))
    take(known, bring(known, rows))
    take(known, bring(known, rows))
    assert (Figure.objects.count(), Batch.objects.count(), Target.objects.count()) == (9, 3, 9)


def test_the_second_person_decides_and_never_the_sender(known):
    found = read_file(known.area, make_csv([HEADS]))
    with pytest.raises(PermissionDenied):
        keep_history(known.area, data=b"", name="x.xlsx", found=found, by=known.hejing.user)
    row = submit_history(bring(known, long_rows(list_past(1))), by=known.zhaomin.user)
    assert Task.objects.open().get().owner == known.qianjin
    for who in ("zhaomin", "lijianguo", "shenkuo"):
        with pytest.raises(PermissionDenied):
            take_history(row, by=getattr(known, who).user)
    with pytest.raises(ValidationError):
        decline_history(row, reason=" ", by=known.qianjin.user)
    decline_history(row, reason="缺三站", by=known.qianjin.user)
    with pytest.raises(Refused):
        take_history(row, by=known.qianjin.user)
    assert (Figure.objects.count(), Task.objects.open().count()) == (0, 0)


def send(client, data, name="历史.xlsx"):
    return client.post("/figures/history/upload/", {"file": SimpleUploadedFile(name, data)})


def test_by_the_pages_from_upload_to_effect(known, login):
    sender = login(known.zhaomin)
    assert sender.post("/figures/history/upload/").status_code == 422
    path = send(sender, make_xlsx(long_rows(list_past(2))))["Location"]
    assert "提交审核" in sender.get(path).content.decode()
    assert login(known.qianjin).get(path).status_code == 404
    assert login(known.zhaomin).post(f"{path}submit/").status_code == 302
    assert login(known.zhaomin).post(f"{path}take/").status_code == 403
    reviewer = login(known.qianjin)
    assert "确认并导入" in reviewer.get(path).content.decode()
    assert reviewer.post(f"{path}take/").status_code == 302
    assert Figure.objects.filter(in_force=True).count() == 6
    assert "已导入" in reviewer.get("/figures/history/").content.decode()
    assert login(known.xunuo).get(path).status_code == 404
    assert login(known.wutong).get("/figures/history/").status_code == 403


def test_the_marked_copy_has_the_problem_at_its_cell(known, login):
    client = login(known.zhaomin)
    path = send(client, make_xlsx([HEADS, [list_past(1)[0], "注采一站", "原油产量", "很多", None, None]]))["Location"]
    assert "历史 " not in client.get(path).content.decode()
    book = openpyxl.load_workbook(BytesIO(client.get(f"{path}marked/").getvalue()))
    assert book["Sheet1"]["D2"].comment is not None


def test_a_sheet_without_heads_is_told_what_to_write(known, login):
    client = login(known.zhaomin)
    page = client.get(send(client, make_xlsx([["甲", "乙"], [1, 2]]))["Location"]).content.decode()
    assert "没有找到表头" in page


def test_the_template_is_read_back(known, login):
    data = login(known.zhaomin).get("/figures/history/template/").getvalue()
    book = openpyxl.load_workbook(BytesIO(data))
    book["历史数据"].append([list_past(1)[0], "注采一站", "原油产量", 950, 1000, None])
    stream = BytesIO()
    book.save(stream)
    found = read_file(known.area, stream.getvalue())
    assert [(cell.field, cell.value) for cell in found.cells] == [("actual", Decimal(950)), ("target", Decimal(1000))]
    assert found.is_clean


def test_queries_grow_with_months_and_not_with_figures(known):
    row = submit_history(bring(known, long_rows(list_past(2))), by=known.zhaomin.user)
    with CaptureQueriesContext(connection) as few:
        take_history(row, by=known.qianjin.user)
    months = [previous_month(one) for one in (previous_month(list_past(2)[0]), list_past(2)[0])]
    more = [[one[0], one[1], "隐患整改率", 98, None, None] for one in long_rows(months)[1:]]
    second = submit_history(bring(known, [*long_rows(months), *more]), by=known.zhaomin.user)
    with CaptureQueriesContext(connection) as many:
        take_history(second, by=known.qianjin.user)
    assert len(many) <= len(few) + 2
