"""系统管理员: a new station with its group, and a list of its people, with problems first and then without."""

from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu
from tests.org.rosters import make_xlsx

GOOD = [
    ["金大明", "X0001", "采油九站", "站长、党小组长", "采油九站党小组", "中共党员", "2026-11-01", ""],
    ["金小明", "X0002", "采油九站", "填报人", "", "群众", "2026-11-01", ""],
]
BAD = [[*GOOD[0][:2], "采油十九站", "大班长", "", "", "去年", ""]]


def upload(page, data, path):
    path.write_bytes(data)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/org/admin/rosters/*/")


def test_a_station_is_set_up_and_its_people_come_by_a_list(visitor, tmp_path):
    keeper = visitor("shenchen")
    page = keeper.page
    choose_in_menu(page, "单位与岗位")
    keeper.look()
    page.get_by_role("link", name="设立班站或组室").click()
    page.get_by_label("名称").fill("采油九站")
    page.get_by_label("编码").fill("A1-CY1")
    page.get_by_label("设立日期").fill("2026-11-01")
    page.get_by_label("赛道").select_option(label="采油站")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已有单位使用")).to_be_visible()
    keeper.look()
    page.get_by_label("编码").fill("A1-CY9")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="采油九站", exact=True).click()
    expect(page.get_by_text("没有党小组长")).to_be_visible()
    keeper.look("unit-admin")
    page.get_by_role("link", name="采油九站党小组").click()
    keeper.look()

    page.goto("/org/admin/rosters/")
    upload(page, make_xlsx(BAD), tmp_path / "花名册.xlsx")
    expect(page.get_by_text("有 3 处问题")).to_be_visible()
    keeper.look("roster-problems")
    page.goto("/org/admin/rosters/")
    upload(page, make_xlsx(GOOD), tmp_path / "花名册2.xlsx")
    keeper.look()
    page.get_by_role("button", name="导入", exact=True).click()
    page.locator("dialog[open] .btn-primary").click()
    with page.expect_download() as handed:
        page.get_by_role("button", name="下载首次密码").click()
    assert handed.value.suggested_filename == "示范采油管理区首次密码.xlsx"
    phone = visitor("shenchen", phone=True)
    phone.visit(page.url)
    phone.visit("/org/admin/units/")
