"""整改清单: who sees what, filters, constant queries, print, export without formulas."""

import io

import pytest
from openpyxl import load_workbook

from ronghe.audit.models import Entry
from ronghe.common.models import Export
from ronghe.rectification import actions
from ronghe.rectification.actions import Planned
from ronghe.rectification.models import Item
from ronghe.rectification.queries import search_items
from tests.rectification.cases import close_one, day, open_one, plan_one, prove_one, user

# 8 for a list, one each for units, owners and sources of the filters; session, user, standing, menu counts and unread around it
BUDGET = 8 + 3 + 5


@pytest.fixture
def items(world):
    return {"one": open_one(world), "two": open_one(world, unit="注采二站", owner="孙丽华", verifier="王海涛", title="台账缺页")}


SEEN = {
    "李建国": {"one", "two"}, "王海涛": {"one", "two"}, "郑爽": {"one", "two"}, "赵敏": {"one", "two"}, "钱进": {"one", "two"},
    "刘海涛": {"one"}, "何静": {"one"}, "孙丽华": {"two"}, "罗兰": {"two"}, "马晓燕": set(), "宋文": set(), "吴桐": set(),
    "高明": set(), "系统管理员": set(), "安全管理员": set(), "审计管理员": set(), "韩冬": set(), "冯涛": set(), "许诺": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_each_sees_what_the_post_allows(world, items, name):
    seen = set(Item.objects.visible_to(user(world.person[name])))
    assert {key for key, item in items.items() if item in seen} == SEEN[name]
    assert len(seen) == len(SEEN[name])


@pytest.mark.parametrize("name", SEEN)
def test_item_page_answers_404_to_the_others(world, items, name, login):
    client = login(world.person[name])
    outside = name in ("高明", "系统管理员", "安全管理员", "审计管理员")
    for key, item in items.items():
        expected = 403 if outside else 200 if key in SEEN[name] else 404
        assert client.get(f"/rectification/{item.pk}/").status_code == expected
        assert client.get(f"/rectification/{item.pk}/print/").status_code == expected


def test_measure_responsible_sees_the_item(world):
    item = open_one(world, measures=[Planned("培训", world.songwen)], cause="x")
    assert list(Item.objects.visible_to(user(world.songwen))) == [item]


def test_revoked_post_sees_nothing_at_the_next_request(world, items, login):
    client = login(world.hejing)
    assert client.get(f"/rectification/{items['one'].pk}/").status_code == 200
    world.hejing.appointments.update(valid_to=day(-1))
    assert client.get(f"/rectification/{items['one'].pk}/").status_code == 403


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [2, 1]),
        ("state=all", [3, 2, 1]),
        ("state=closed", [3]),
        ("state=open", [2, 1]),
        ("light=r", []),
        ("text=台账", [2]),
        ("text=0001", [1]),
        ("source=check", []),
        ("scope=verified", []),
        ("light=bogus", [2, 1]),
    ],
)
def test_filters(world, items, login, query, numbers):
    close_one(world, title="办完的")
    page = login(world.lijianguo).get(f"/rectification/?{query}")
    assert [int(line.number[-4:]) for line in page.context["lines"]] == numbers


def test_filters_by_unit_and_owner(world, items, login):
    client = login(world.lijianguo)
    for query in (f"unit={world.unit['注采二站'].pk}", f"owner={world.sunlihua.pk}"):
        assert [line.title for line in client.get(f"/rectification/?{query}").context["lines"]] == ["台账缺页"]


def test_list_costs_the_same_for_one_and_three(world, login, django_assert_max_num_queries, django_assert_num_queries):
    client = login(world.lijianguo)
    plan_one(world)
    client.get("/rectification/")
    with django_assert_max_num_queries(BUDGET) as first:
        client.get("/rectification/")
    prove_one(world, unit="注采二站", owner="孙丽华")
    open_one(world, unit="注采三站", owner="马晓燕")
    with django_assert_num_queries(len(first)):
        client.get("/rectification/")


def test_print_shows_just_the_list(world, items, login):
    page = login(world.lijianguo).get("/rectification/print/?text=台账").content.decode()
    assert "台账缺页" in page
    assert "躺井率连续" not in page
    assert "【内部】" in page
    assert "李建国" in page


def read_sheet(response):
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_export_holds_just_the_list_and_is_recorded(world, items, login):
    rows, _sheet = read_sheet(login(world.lijianguo).get("/rectification/export/?text=台账"))
    assert rows[0][0].startswith("【内部】导出人 李建国")
    assert [row[4] for row in rows[2:]] == ["台账缺页"]
    export = Export.objects.get()
    assert (export.user_name, export.what, export.rows, export.area_id) == ("李建国", "整改清单", 1, world.area.pk)
    assert Entry.objects.filter(actor_name="李建国", verb__contains="导出").count() == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1dHYPERLINK(1)", "\uff0b1", "\uff0d1", "\uff20x", " =1", "\t=1"])
def test_no_text_becomes_a_formula(world, login, text):
    item = open_one(world, title=text, problem=text, cause=text)
    actions.plan_cure(item, cause=text, measures=[text], by=user(world.liuhaitao))
    _rows, sheet = read_sheet(login(world.lijianguo).get("/rectification/export/"))
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
    assert sheet["E3"].value == f"'{text}"


def test_script_in_every_text_stays_text(world, login):
    evil = "<script>alert(1)</script>"
    item = open_one(world, title=evil, problem=evil, cause=evil, measures=[evil])
    client = login(world.liuhaitao)
    for path in ("", f"{item.pk}/", f"{item.pk}/print/", f"{item.pk}/plan/", f"{item.pk}/proof/", "print/"):
        assert evil not in client.get(f"/rectification/{path}").content.decode()


def test_search_finds_what_one_may_see(world, items):
    assert [hit.title[-4:] for hit in search_items(user(world.lijianguo), "台账", 5)] == ["台账缺页"]
    assert search_items(user(world.liuhaitao), "台账", 5) == []


def test_empty_list_says_what_to_do(world, login):
    assert "没有未办结的整改" in login(world.wutong).get("/rectification/").content.decode()
