"""The 指标管理员 writes next year's scheme in a browser; the secretary sees whose place changes and sends it back."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def begin(admin: Visitor) -> str:
    """Copy the scheme in force; return the address of the draft."""
    admin.visit("/assessment/schemes/new/")
    admin.page.get_by_role("button", name="开始编写").click()
    admin.page.wait_for_url("**/edit/")
    admin.look()
    return admin.page.url


def test_curve_follows_what_is_typed(visitor):
    admin = visitor("qutingting")
    draft = begin(admin)
    page = admin.page
    admin.visit(f"{draft}indicators/oil/")
    before = page.locator(".curve-line").get_attribute("points") or ""
    page.get_by_label("第 1 点到多少").fill("70%")
    expect(page.locator(".curve-line")).not_to_have_attribute("points", before)
    page.get_by_label("第 1 点到多少").fill("2")
    expect(page.locator("#curve")).to_contain_text("各点的 x 须严格递增")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator(".invalid-feedback")).to_have_text(["各点的 x 须严格递增"])
    expect(page.get_by_label("第 1 点到多少")).to_have_value("2")
    admin.look()
    page.get_by_label("计分办法", exact=True).select_option("events")
    page.get_by_label("每发生一次").fill("-2")
    expect(page.locator(".curve-line")).to_be_visible()
    admin.look()
    page.get_by_label("计分办法", exact=True).select_option("curve")
    page.get_by_label("第 1 点到多少").fill("0.75")
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.wait_for_url(re.compile(r"/edit/$"))
    expect(page.locator("#messages")).to_contain_text("已保存指标“原油产量”")


def test_written_on_a_phone(visitor):
    admin = visitor("qutingting", phone=True)
    draft = begin(admin)
    for part in ("head/", "dimensions/", "indicators/org_life/"):
        admin.visit(f"{draft}{part}")
    admin.visit(f"{draft}choose/")
    admin.page.get_by_label("名称、编码或拼音").fill("zrdj")
    expect(admin.page.locator("#found tbody tr")).to_have_count(1)


def test_second_person_sees_the_difference(visitor):
    secretary = visitor("zhaolixin")
    page = secretary.page
    secretary.visit("/assessment/schemes/?state=draft")
    page.get_by_role("link", name=re.compile("第3版")).click()
    secretary.look()
    page.get_by_role("link", name="先看对比与试算").click()
    expect(page.locator("#main")).to_contain_text("个名次会变")
    secretary.look("scheme-compare", full=True)
    page.go_back()
    page.get_by_text("不同意,退回修改").click()
    page.get_by_label("退回原因").fill("油量权重再议")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已退回")
