"""A station's chief looks for the cheapest way up, moves sliders by the keyboard, saves a plan; a leader reads how the year will end."""

import re

import pytest
from playwright.sync_api import expect

CHIEF = "mengfanliang"  # 采油六站


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_chief_chases_the_next_place(visitor, phone):
    me = visitor(CHIEF, phone=phone)
    page = me.visit("/assessment/chase/").page
    page.get_by_role("link", name="分析采油六站").click()
    expect(page.locator("#plan")).to_contain_text(re.compile("最省是改|达不到|已经达到"))
    me.look("chase-phone" if phone else "chase-desktop")
    # by the keyboard alone: the number is tried at once, beside the slider
    total = page.locator("#tried .tile-value").first
    before = total.inner_text()
    page.get_by_label("原油产量滑块").focus()
    for _press in range(3):
        page.keyboard.press("PageUp")
    expect(total).not_to_have_text(before)
    expect(page.locator("#tried")).to_contain_text("原油产量")
    page.evaluate("scrollTo(0, 0)")  # else the sum that stays in sight lies over a slider, which axe takes for its place
    me.look()
    page.locator("#v-oil").fill("多")
    expect(page.locator("#tried")).to_contain_text("有的数不能计算")
    page.evaluate("scrollTo(0, 0)")
    me.look()
    page.get_by_role("link", name="放到下面的滑块上").click()
    expect(page.locator("#tried .chip").first).to_be_visible()
    page.get_by_role("button", name="保存为追标方案").click()
    page.evaluate("scrollTo(0, 0)")
    me.look()
    page.get_by_role("button", name="保存并交办").click()
    expect(page.get_by_role("heading", name=re.compile("采油六站 · .*追标"))).to_be_visible()
    me.look()
    page.get_by_role("link", name="打印").click()
    expect(page.get_by_role("heading", name=re.compile("追标方案"))).to_be_visible()


def test_without_a_script_a_button_does_it(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(CHIEF)
    page.get_by_label("密码").fill("Ronghe-2026")
    page.get_by_role("button", name="登录").click()
    page.goto("/assessment/chase/")
    page.get_by_role("link", name="分析采油六站").click()
    page.locator("#v-oil").fill("2444")
    page.get_by_role("button", name="重算").click()
    expect(page.locator("#tried .chip")).to_contain_text("2444 t")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("#plan")).to_contain_text("最省是改")
    context.close()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_leader_reads_how_the_year_will_end(visitor, phone):
    me = visitor("zhaolixin", phone=phone)
    page = me.page
    page.get_by_role("link", name="看进度与预测").click()
    expect(page.get_by_role("heading", name=re.compile("进度与预测"))).to_be_visible()
    me.look("outlook-phone" if phone else "outlook-desktop")
    page.get_by_role("region", name="采油站").get_by_role("link").first.click()
    expect(page.get_by_role("img", name="这一年").locator("canvas")).to_be_visible()
    page.locator("summary").filter(has_text="查看数据表").click()
    me.look()
