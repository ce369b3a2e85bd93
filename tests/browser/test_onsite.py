"""季度检查 in the browser: a sheet filled in on a phone without a signal, sent once when it is back, what was not reached in 整改."""

from playwright.sync_api import expect

from tests.browser.visitor import WORKER_READY

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED")


def test_a_sheet_offline(visitor):
    checker = visitor("zhaolixin", phone=True)
    page, context = checker.page, checker.context
    checker.visit("/appraisal/checks/").look()
    page.locator('a[href$="/fill/"]').first.click()
    expect(page.get_by_role("button", name="提交")).to_be_visible()
    checker.look("onsite-phone")
    address = page.url
    # the worker has the page before the signal goes
    page.evaluate(WORKER_READY, "/appraisal/checks/sw.js")
    context.set_offline(True)
    page.goto(address)
    expect(page.get_by_text("现在没有信号,照常填写")).to_be_visible()
    for item in page.locator(".ballot-item").all():
        item.locator("label", has_text="做到").first.click()
    first = page.locator(".ballot-item").first
    first.locator("label", has_text="没做到").click()
    first.locator(".sheet-note").fill("传达记录缺两次")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("没有信号。检查单已存在本机")).to_be_visible()
    expect(page.get_by_text("等待发送")).to_be_visible()
    checker.faults = [fault for fault in checker.faults if not any(word in fault for word in OFFLINE)]
    context.set_offline(False)
    expect(page.get_by_text("已送达:")).to_be_visible()
    checker.faults = [fault for fault in checker.faults if not any(word in fault for word in OFFLINE)]
    page.get_by_role("status").get_by_role("link", name="打开").click()
    expect(page.get_by_text("传达记录缺两次").first).to_be_visible()
    expect(page.get_by_role("link", name="季度检查:").first).to_be_visible()
    checker.look()
