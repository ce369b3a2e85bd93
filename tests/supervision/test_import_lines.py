"""The 监督清单 from a sheet: what the product exports it reads, a line is changed or added, one problem keeps all out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.sheets.writer import Book
from ronghe.org.kinds import POST_TITLES
from ronghe.supervision.actions import lines
from ronghe.supervision.models.checks import CheckLine
from ronghe.supervision.reading import HEADS, read_often
from ronghe.worklist.rules.recurrence import LAST, PERIODS, BadRule, Pattern, describe_rule, write_rule
from tests.supervision.cases import user

NAMES = [names[0] for names in HEADS.values()]
ROW = [
    "物资采购",
    "验收是不是三个人",
    "虚假验收",
    str(POST_TITLES["deputy_business"]),
    str(POST_TITLES["discipline_member"]),
    "每月 15 日",
    "否",
    "抽查三笔",
    "采购办法",
]

days = st.one_of(st.integers(1, 31).map(lambda day: {"day": day}), st.just({"day": LAST}))
nths = st.builds(lambda nth, weekday: {"nth": nth, "weekday": weekday}, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6))


@given(st.sampled_from(["month", *PERIODS]), st.one_of(days, nths), st.data())
def test_what_a_rule_is_described_as_is_read_back(every, when, data):
    month = data.draw(st.integers(1, PERIODS[every])) if every in PERIODS else 0
    rule = write_rule(Pattern(every, month=month, **when))
    assert read_often(describe_rule(rule)) == rule


@given(st.integers(0, 6))
def test_a_weekday_is_read_back(weekday):
    rule = write_rule(Pattern("week", weekday=weekday))
    assert read_often(describe_rule(rule)) == rule == read_often(rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每季", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("每年12月最后一天", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每周", "FREQ=WEEKLY;BYDAY=FR"),
        ("每月5号", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ],
)
def test_short_words(text, rule):
    assert read_often(text) == rule


@pytest.mark.parametrize("text", ["", "经常", "每月某日", "每季度第 5 个月 1 日", "每周八"])
def test_what_is_not_understood_is_said(text):
    with pytest.raises(BadRule):
        read_often(text)


def make_sheet(*rows, heads=NAMES):
    book = Book()
    sheet = book.workbook.add_worksheet("监督清单")
    for place, row in enumerate([heads, *rows]):
        for column, text in enumerate(row):
            book.write_text(sheet, place, column, text)
    return SimpleUploadedFile("清单.xlsx", book.close_bytes())


@pytest.mark.django_db
def test_a_list_is_taken_in_changed_and_refused(world, login):
    page, client = reverse("supervision:lists-import"), login(world.lijianguo)
    assert login(world.zhaomin).get(page).status_code == 403
    client = login(world.lijianguo)
    wrong = [*ROW[:4], ROW[3], "常常", "也许", "", "办法"]
    answer = client.post(page, {"file": make_sheet(ROW, wrong)})
    text = answer.content.decode()
    assert (answer.status_code, CheckLine.objects.count()) == (422, 0)
    assert [one in text for one in ("同一项业务的同一件事", "不能自己监督自己", "看不懂多久一次", "只能写“是”或“否”", "没有写")] == [
        True
    ] * 5
    marked = client.post(page, {"file": make_sheet(ROW, wrong), "marked": "1"})
    assert marked["Content-Type"].endswith("sheet")
    assert client.post(page, {"file": make_sheet(ROW)}).status_code == 302
    line = CheckLine.objects.get()
    assert (line.business, line.rule, line.supervised, line.supervisor, line.per_unit) == (
        "物资采购", "FREQ=MONTHLY;BYMONTHDAY=15", "deputy_business", "discipline_member", False,
    )  # fmt: skip
    # the product's own table, taken out and in again, changes nothing
    lines.adopt_lines(world.area, by=user(world.lijianguo))
    before = list(CheckLine.objects.order_by("pk").values())
    out = client.get(reverse("supervision:lists-template"))
    again = SimpleUploadedFile("表.xlsx", io.BytesIO(b"".join(out.streaming_content)).getvalue())
    assert client.post(page, {"file": again}).status_code == 302
    assert list(CheckLine.objects.order_by("pk").values()) == before
    assert client.post(page, {"file": make_sheet([*ROW[:6], "是", *ROW[7:]], ["车辆", "派车单", *ROW[2:]])}).status_code == 302
    assert CheckLine.objects.get(business="物资采购", what="验收是不是三个人").per_unit
    assert CheckLine.objects.filter(business="车辆").count() == 1
    assert client.post(page, {"file": SimpleUploadedFile("坏.xlsx", b"no sheet")}).status_code == 422
