"""新单位开张 in the browser: from an empty database, by one workbook and the packs, over the issued goals to the first month's list of a chief."""

import io
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.browser.world import ROOT, make_environment, serve

SETUP = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from ronghe.common.calendar import at_time
from tests.browser.world import MOMENT
from tests.migrated import lay_file
lay_file(settings.DATABASES["default"]["NAME"])
with at_time(MOMENT):
    call_command("setup", plant="SL:胜利采油厂", area="SL-1:第一采油管理区", system="何佳:S001:hejia", security="安宁:S002:anning", audit="申明:S003:shenming")
call_command("collectstatic", interactive=False, verbosity=0)
"""
# what the pack leaves to the unit: there are 采油站 and 综合保障, no 技术组室
NUMBERS = {
    "oil": "3.6万", "decline": "9.5", "efficiency": "30", "quality": "98", "service": "97", "utilisation": "92", "unit_cost": "612.5",
    "expense": "300", "savings": "80", "deploy": "100", "pioneer": "95", "appeals": "100", "supervision": "100",
}  # fmt: skip
OWN = "Kaizhang-2026-1106"
UNITS = [
    ["单位", "类别", "赛道", "设立日期"],
    ["采油一站", "班站", "采油站", "2026-01-01"],
    ["采油二站", "班站", "采油站", "2026-01-01"],
    ["综合室", "组室", "综合保障", "2026-01-01"],
]
PEOPLE = [
    ["姓名", "工号", "单位", "岗位", "政治面貌", "起日", "登录名"],
    ["李建国", "G01", "第一采油管理区", "党支部书记", "", "2026-01-01", "lijianguo"],
    ["王海涛", "G02", "第一采油管理区", "管理区经理", "", "2026-01-01", "wanghaitao"],
    ["赵敏", "G03", "综合室", "指标管理员", "中共党员", "2026-01-01", "zhaomin"],
    ["钱进", "G04", "综合室", "审核人、主任、党小组长", "中共党员", "2026-01-01", "qianjin"],
    ["宋文", "G05", "综合室", "填报人", "中共党员", "2026-01-01", "songwen"],
    *(
        row
        for number, station in enumerate(("采油一站", "采油二站"), 1)
        for row in (
            [f"站长{'甲乙'[number - 1]}", f"H{number}1", station, "站长、党小组长", "中共党员", "2026-01-01", f"zhanzhang{number}"],
            [f"党员{'甲乙'[number - 1]}", f"H{number}2", station, "填报人", "中共党员", "2026-01-01", f"dangyuan{number}"],
            [f"职工{'甲乙'[number - 1]}", f"H{number}3", station, "", "中共预备党员", "2026-01-01", f"zhigong{number}"],
        )
    ),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The address of a product whose database was empty, and the first passwords that `ronghe setup` printed."""
    folder = tmp_path_factory.mktemp("empty")
    done = subprocess.run([sys.executable, "-c", SETUP], cwd=ROOT, env=make_environment(folder), check=True, capture_output=True, text=True)
    with serve(folder) as address:
        yield address, dict(re.findall(r"登录名 (\w+)  首次密码 (\S+)", done.stdout))


def make_workbook(units=UNITS):
    """The unit's own workbook: units on one sheet, people on the other."""
    book = openpyxl.Workbook()
    book.active.title = "单位"
    for row in units:
        book.active.append(row)
    sheet = book.create_sheet("花名册")
    for row in PEOPLE:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return {
        "name": "第一管理区.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": data.getvalue(),
    }


def enter(browser, address, name, first, **how):
    """Log in for the first time: the password is changed, then the tour of the role is there; it is led by the keyboard and closed."""
    me = Visitor(browser, address, **how)
    page = me.page
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(first)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/password/change/")
    for field, value in (("oldpassword", first), ("password1", OWN), ("password2", OWN)):
        page.locator(f"[name={field}]").fill(value)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_load_state()
    page.goto("/")
    tour = page.locator(".driver-popover")
    expect(tour).to_be_visible()
    expect(tour).to_contain_text("1 / ")
    page.keyboard.press("ArrowRight")
    expect(tour).to_contain_text("2 / ")
    with page.expect_response("**/opening/tour/seen/"):
        page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="我的工作台")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(tour).to_have_count(0)
    return me


def take(me, title):
    """Open the steps, see that this one is mine to do now, and go there."""
    me.page.goto("/opening/steps/")
    way = me.page.get_by_role("link", name=f"现在该您办:{title}")
    expect(way).to_be_visible()
    me.look()
    way.click()
    me.page.wait_for_load_state()


def bring_people(admin, workbook):
    """The 系统管理员 uploads the workbook twice, as units and as people, and gets the first passwords."""
    page = admin.page
    take(admin, "班站、组室和赛道")
    page.locator("input[type=file]").set_input_files(make_workbook([*UNITS, ["集输队", "车间", "采油站", "2026-01-01"]]))
    page.get_by_role("button", name="核对并导入").click()
    expect(page.locator("#main")).to_contain_text("类别请写“班站”或“组室”")
    # the file is still chosen: its marked copy comes at a press
    with page.expect_download() as download:
        page.get_by_role("button", name="要一份标注了问题的副本").click()
    assert download.value.suggested_filename == "第一管理区(标注).xlsx"
    assert "类别" in openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))["单位"]["B5"].comment.text
    admin.look()
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="核对并导入").click()
    expect(page.locator("#messages")).to_contain_text("已设立 3 个单位")
    take(admin, "人员和账号")
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.locator("#main")).to_contain_text(f"读到 {len(PEOPLE) - 1} 人,没有问题")
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#main")).to_contain_text("首次密码")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载首次密码").click()
    rows = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].iter_rows(values_only=True)
    passwords = {row[3]: row[4] for row in rows if row[3] and row[4]}
    page.goto("/opening/steps/")
    expect(page.locator("#step-posts")).to_contain_text("已办好")
    expect(page.locator("#step-party")).to_contain_text("已办好")
    expect(page.locator("#main")).to_contain_text("现在没有该您办的,等别人办")
    admin.look()
    return passwords


def bring_rules(keeper):
    """The 指标管理员 takes the indicators and a scheme from the packs."""
    page = keeper.page
    take(keeper, "指标手册")
    page.get_by_role("button", name=re.compile("采用 .* 项指标")).click()
    expect(page.locator("#messages")).to_contain_text("已采用")
    take(keeper, "考核方案")
    page.goto("/assessment/schemes/new/")
    page.get_by_label("从哪里开始").select_option("pack")
    page.get_by_role("button", name="开始编写").click()
    page.wait_for_url("**/edit/")
    page.get_by_role("button", name="提交发布").click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#main")).to_contain_text("草稿等待另一位有权限")
    return page.url


def bring_goals(keeper):
    """The 指标管理员 takes the goals from the pack: what is not filled in is named, then the plan stands with its cascade and is discussed."""
    page = keeper.page
    page.goto("/opening/steps/")
    page.locator("#step-goals").get_by_role("link", name="去办").click()
    expect(page.get_by_role("heading", name="从制度包开始")).to_be_visible()
    page.get_by_label("依据").fill("厂〔2026〕8号")
    page.get_by_role("button", name="起草计划并分解").click()
    expect(page.locator("#main")).to_contain_text(f"有 {len(NUMBERS)} 处要填或改")
    keeper.look()
    for code, number in NUMBERS.items():
        page.locator(f"[name={code}]").fill(number)
    page.get_by_role("button", name="起草计划并分解").click()
    expect(page.locator("#messages")).to_contain_text("项目标并分到单位")
    expect(page.get_by_role("heading", name="登记讨论")).to_be_visible()
    keeper.look()
    page.get_by_label("讨论情况").fill("和两个站长逐项对过,没有异议")
    page.get_by_role("button", name="登记讨论").click()
    expect(page.locator("#messages")).to_contain_text("已登记讨论")
    return page.url


def lead(secretary, scheme, plan):
    """The secretary publishes the scheme, takes matrix, meetings and guides from the packs, approves and issues the goals, and has the list made."""
    page = secretary.page
    page.goto("/opening/steps/")
    expect(page.locator("#step-scheme")).to_contain_text("1 版在编写或待发布")
    page.goto(scheme)
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#messages")).to_be_visible()
    take(secretary, "分工矩阵")
    page.goto("/duties/")
    page.get_by_role("button", name="采用默认矩阵").click()
    expect(page.locator("#messages")).to_contain_text("已采用默认分工矩阵")
    page.goto("/opening/steps/")
    expect(page.locator("#step-findings")).to_contain_text("条没有处置")
    page.goto("/meetings/kinds/")
    page.get_by_role("button", name="采用制度包").click()
    expect(page.locator("#messages")).to_be_visible()
    page.goto(plan)
    page.get_by_label("批准的会议").fill("2026年第1次班子会")
    page.get_by_role("button", name="登记批准").click()
    expect(page.locator("#messages")).to_contain_text("已批准")
    page.get_by_role("button", name="下达", exact=True).click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#messages")).to_contain_text("已下达")
    page.goto("/opening/steps/")
    expect(page.locator("#step-goals")).to_contain_text("已办好")
    for _guide in range(2):
        page.goto("/worklist/guides/")
        page.get_by_role("button", name="采用").first.click()
        expect(page.locator("#messages")).to_contain_text("已采用")
    page.goto("/worklist/month/")
    page.get_by_role("button", name="生成任务").click()
    expect(page.locator("#messages")).to_contain_text("项任务")
    page.goto("/opening/steps/")
    expect(page.locator("#step-month")).to_contain_text("已办好")
    expect(page.locator("#main")).to_contain_text("必办的 14 步,已好 13 步")
    expect(page.get_by_role("link", name="现在该您办:分工问题")).to_be_visible()
    secretary.look()


def test_from_an_empty_database_to_the_first_months_list(browser, empty):
    address, first = empty
    admin = enter(browser, address, "hejia", first["hejia"])
    expect(admin.page.get_by_role("link", name="现在该您办:班站、组室和赛道")).to_be_visible()
    passwords = bring_people(admin, make_workbook())
    keeper = enter(browser, address, "zhaomin", passwords["zhaomin"])
    scheme = bring_rules(keeper)
    plan = bring_goals(keeper)
    secretary = enter(browser, address, "lijianguo", passwords["lijianguo"])
    lead(secretary, scheme, plan)
    chief = enter(browser, address, "zhanzhang1", passwords["zhanzhang1"], phone=True)
    chief.visit("/worklist/month/")
    expect(chief.page.locator("#main")).to_contain_text("开党小组会")
    assert chief.page.locator("#main a[href^='/worklist/tasks/']").count() > 5
    chief.page.locator("[data-help]").click()
    expect(chief.page.locator("#help")).to_contain_text("每月 1 日按")
    chief.look()
    chief.visit(plan.removeprefix(address))
    chief.page.get_by_role("button", name="认领(等同签字)").click()
    expect(chief.page.locator("#messages")).to_contain_text("认领")
    for one in (admin, keeper, secretary, chief):
        one.leave()
