"""导入单位: a sheet of units is set up as a whole, with track, 党小组 and posts, or not at all."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.sheets.sandbox import read_grids
from ronghe.org.actions.unit_lists import import_units
from ronghe.org.models import PartyOrg, Post, TrackPlace, Unit
from ronghe.org.unit_list import KnownPlace, read_units
from tests.org.rosters import make_csv, read_rows

HEAD = ["单位", "编码", "类别", "赛道", "党小组", "设立日期", "别名"]
GOOD = [
    ["注采四站", "", "班站", "采油站", "", "2026-01-01", "四站、4站"],
    ["地质室", "A1-DZ", "", "", "否", "2026年1月", ""],
    ["维修班", "", "", "采油站", "维修党小组", "", ""],
    ["注采一站", "s1", "班站", "", "", "", ""],
    ["合计", "", "", "", "", "", ""],
]
KNOWN = KnownPlace(frozenset({"注采一站"}), frozenset({"s1", "A1-01"}), {"采油站": "production"}, "A1", date(2026, 11, 6))


def book(rows, head=HEAD, people=None):
    """A workbook with the units, and the 花名册 on its other sheet."""
    made = openpyxl.Workbook()
    made.active.title = "花名册"
    for row in people or [["姓名", "工号", "单位"], ["张三", "G1", "注采四站"]]:
        made.active.append(row)
    sheet = made.create_sheet("单位")
    for row in [["单位一览表"], head, *rows]:
        sheet.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def read(rows, known=KNOWN, head=HEAD):
    return read_units(read_grids(book(rows, head)), known)


def test_a_sheet_beside_the_roster_is_read():
    found = read(GOOD)
    assert [(line.name, line.code, line.kind, line.track, line.group, line.since, line.aliases) for line in found.lines] == [
        ("注采四站", "A1-02", "station", "production", "注采四站党小组", date(2026, 1, 1), ("四站", "4站")),
        ("地质室", "A1-DZ", "office", "", "", date(2026, 1, 1), ()),
        ("维修班", "A1-03", "station", "production", "维修党小组", date(2026, 11, 6), ()),
    ]
    assert found.errors == []
    assert [(note.row, note.column) for note in found.notes] == [(5, "F"), (6, "A"), (7, "")]


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (["", "A1-9", "班站"], "A", "没有写单位名称"),
        (["新站", "编码一", "班站"], "B", "编码只用"),
        (["新站", "S1", "班站"], "B", "已有单位使用"),
        (["新单位", "", "队伍"], "C", "“班站”或“组室”"),
        (["新站", "", "班站", "没有的赛道"], "D", "没有这条赛道"),
        (["新站", "", "班站", "", "", "前年"], "F", "日期认不出来"),
        (["新站", "", "班站", "", "", "2026-01-01", "注采一站"], "G", "已是别的单位"),
    ],
)
def test_what_is_not_certain_is_said_at_its_cell(row, column, word):
    found = read([row])
    assert [(one.row, one.column) for one in found.errors] == [(3, column)]
    assert word in found.errors[0].message


def test_two_of_one_name_and_no_heads():
    assert "与第 3 行是同一个单位" in read([["四站", "", "班站"], ["四站", "", "班站"]]).errors[0].message
    assert "与第 3 行的编码相同" in read([["四站", "A1-9", "班站"], ["五站", "a1-9", "班站"]]).errors[0].message
    assert "没有找到表头" in read([["四站"]], head=["班站"]).errors[0].message


def test_units_are_set_up_by_page_all_or_none(world, login):
    client = login(world.xitong)
    bad = io.BytesIO(make_csv([*GOOD[:2], ["坏站", "", "班站", "没有的赛道"]], HEAD))
    bad.name = "单位.csv"
    answer = client.post("/org/admin/units/import/", {"file": bad})
    assert (answer.status_code, Unit.objects.filter(name="注采四站").exists()) == (422, False)
    assert "有 1 处要改正" in answer.content.decode()
    good = io.BytesIO(book(GOOD))
    good.name = "单位.xlsx"
    assert client.post("/org/admin/units/import/", {"file": good}).status_code == 302
    unit = Unit.objects.get(name="注采四站")
    assert (unit.area, unit.kind, unit.opened_on) == (world.area, "station", date(2026, 1, 1))
    assert TrackPlace.objects.get(unit=unit).track.code == "production"
    assert sorted(Post.objects.filter(unit=unit).values_list("kind", flat=True)) == ["group_leader", "reporter", "staff", "station_chief"]
    assert list(PartyOrg.objects.filter(unit__name__in=("地质室", "维修班")).values_list("name", flat=True)) == ["维修党小组"]
    again = io.BytesIO(book(GOOD))
    again.name = "单位.xlsx"
    answer = client.post("/org/admin/units/import/", {"file": again})
    assert (answer.status_code, "都已经有了" in answer.content.decode()) == (422, True)


def test_who_may_and_what_the_template_names(world, login):
    found = read([["注采四站", "", "班站"]], KNOWN)
    with pytest.raises(PermissionDenied):
        import_units(world.area, found, name="单位.xlsx", by=world.lijianguo.user)
    with pytest.raises(ValidationError, match="一个单位也没有导入"):
        import_units(world.area, read([["新站", "", "班站", "?"]]), name="单位.xlsx", by=world.xitong.user)
    assert login(world.lijianguo).get("/org/admin/units/import/").status_code == 403
    rows = read_rows(login(world.xitong).get("/org/admin/units/import/template/"))
    assert HEAD in rows
