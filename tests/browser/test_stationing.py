"""驻站带班 in the browser: a visit written without a signal, sent once when it is back, cured, and seen cured by the station."""

from playwright.sync_api import expect

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED")


def test_a_visit_offline_synced_cured(visitor):
    leader = visitor("zhaolixin", phone=True)
    page, context = leader.page, leader.context
    leader.visit("/stationing/")
    leader.visit("/stationing/field/")
    # the worker has the page before the signal goes
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.goto("/stationing/field/")
    expect(page.get_by_role("heading", name="写带班记录")).to_be_visible()
    expect(page.get_by_text("现在没有信号,照常填写")).to_be_visible()
    station = page.get_by_label("班站").evaluate("(field) => field.selectedOptions[0].text")
    page.get_by_label("生产现场").check()
    page.get_by_label("内容").first.fill("分离器液位计看不清刻度")
    page.get_by_role("button", name="再加一条").click()
    page.get_by_role("button", name="保存并发送").click()
    expect(page.get_by_text("没有信号。记录已存在本机")).to_be_visible()
    expect(page.get_by_text("等待发送")).to_be_visible()
    page.reload()  # closed and opened again: it is still there
    expect(page.get_by_text("等待发送")).to_be_visible()
    leader.faults = [fault for fault in leader.faults if not any(word in fault for word in OFFLINE)]
    context.set_offline(False)
    expect(page.get_by_text("已送达:")).to_be_visible()
    expect(page.get_by_text("等待发送")).to_be_hidden()
    leader.faults = [fault for fault in leader.faults if not any(word in fault for word in OFFLINE)]
    page.get_by_role("status").get_by_role("link", name="打开").click()
    expect(page.get_by_role("heading", name="带走的问题和点子")).to_be_visible()
    leader.look()
    page.get_by_role("link", name="分离器液位计看不清刻度").click()
    expect(page.get_by_role("button", name="转整改")).to_be_visible()
    leader.look()
    page.get_by_role("button", name="转整改").click()
    expect(page.locator("#messages")).to_contain_text("已交给")
    name = page.locator("#messages").inner_text().split("已交给 ")[1].split(",")[0]
    point, cure = page.url, page.locator("#main a[href^='/rectification/']").first.get_attribute("href")
    accounts = visitor("sunxiaoli")  # 指标管理员 reads every cure: who cures and who verifies
    accounts.visit(cure)
    assert name in accounts.page.locator("#main").inner_text()
    assert station in accounts.page.locator("#main").inner_text()
    assert point
