"""责任书: the secretary sends a draft, both sign with the password given again, one of them on a phone; the code verifies it."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import PASSWORD, choose_in_menu

LOGINS = {
    "孙海波": "sunhaibo",
    "周玉梅": "zhouyumei",
    "于振海": "yuzhenhai",
    "徐文静": "xuwenjing",
    "宋学林": "songxuelin",
    "高志远": "gaozhiyuan",
}


def sign(one):
    """Press 签订, prove again who one is, and come back to the letter."""
    page = one.page
    page.get_by_role("link", name="去签订").click()
    one.look()
    page.get_by_label("已通读全文,同意签订").check()
    page.get_by_role("button", name="签订", exact=True).click()
    page.wait_for_url("**/reauthenticate/**")
    one.look()
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit], form button").last.click()
    page.wait_for_url(re.compile(r"/letters/\d+/$"))


def test_a_letter_from_draft_to_its_verification(visitor):
    head = visitor("zhaolixin")
    page = head.page
    choose_in_menu(page, "责任书")
    page.wait_for_url("**/letters/")
    head.visit("/letters/?state=draft").look("letters-list")
    page.locator("tbody th a").first.click()
    page.wait_for_url(re.compile(r"/letters/\d+/$"))
    address = page.url
    other = next(login for name, login in LOGINS.items() if page.get_by_text(name).count())
    page.get_by_role("link", name="修改", exact=True).click()
    head.look()
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url(re.compile(r"/letters/\d+/$"))
    page.get_by_role("button", name="送签").click()
    sign(head)
    expect(page.get_by_text("已签订,等另一方签订后生效。")).to_be_visible()
    second = visitor(other, phone=True)
    second.visit(address)
    sign(second)
    expect(second.page.get_by_text("双方已签订,责任书生效,PDF 已存档。")).to_be_visible()
    second.look("letter-phone")
    head.visit(address).look("letter")
    expect(page.get_by_role("link", name="存档 PDF")).to_be_visible()
    page.locator("dd a[href*='/letters/verify/']").click()
    expect(page.get_by_text("这个核验码的责任书由双方签订,现在有效。")).to_be_visible()
    head.look()
