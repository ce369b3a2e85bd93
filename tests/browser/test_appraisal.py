"""A ballot on a phone, asked once whether the same mark everywhere is meant; a late report that saves itself and is presented."""

from playwright.sync_api import expect


def test_a_ballot_on_a_phone(visitor):
    me = visitor("zhuxiaofei", phone=True)
    page = me.visit("/appraisal/").page
    page.get_by_role("link", name="测评:").first.click()
    me.look("ballot-phone")
    items = page.locator(".ballot-item")
    expect(items.first).to_be_visible()
    page.wait_for_load_state()
    count = items.count()
    assert count >= 3
    for place in range(count):
        items.nth(place).get_by_role("radio", name="称职", exact=True).check()
    page.get_by_role("button", name="投票").click()
    expect(page.locator(".alert-warning")).to_contain_text("确实是这个意思")
    me.look()
    items.nth(0).get_by_role("radio", name="优秀", exact=True).check()
    page.get_by_role("button", name="投票").click()
    expect(page.locator("main")).to_contain_text("您已测评")
    me.look()
    page.goto("/appraisal/vote/")
    me.look()


def test_a_late_report_saves_itself(visitor):
    me = visitor("linxiaoyan")
    page = me.visit("/appraisal/").page
    page.get_by_role("link", name="述职:").first.click()
    me.look("report-write")
    expect(page.locator(".alert-danger")).to_contain_text("逾期")
    page.locator("[name=f-problems]").fill("岩心分析滞后两周")
    expect(page.locator("#draft")).to_contain_text("草稿已存")
    page.reload()
    expect(page.locator("[name=f-problems]")).to_have_value("岩心分析滞后两周")
    for name in ("business", "party", "cures"):
        page.locator(f"[name=f-{name}]").fill("已按计划完成")
    expect(page.locator("#draft")).to_contain_text("草稿已存")
    page.get_by_role("button", name="述职", exact=True).click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("main")).to_contain_text("述职并封存")
    expect(page.locator("main")).to_contain_text("逾期")
    me.look()
