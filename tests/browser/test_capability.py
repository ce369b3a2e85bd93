"""能力 in the browser: a certificate from the gap to its renewal."""

from playwright.sync_api import expect


def test_a_certificate_from_gap_to_renewal(visitor):
    chief = visitor("mengfanliang", phone=True)
    page = chief.page
    chief.visit("/capability/")
    row = page.locator("tr", has_text="井控操作证").first
    expect(row).to_contain_text("没有有效证书")
    row.get_by_role("link", name="定计划").click()
    expect(page.get_by_label("具体安排")).to_be_visible()
    page.get_by_label("具体安排").fill("参加井控取证班")
    page.get_by_label("期限").fill("2027-01-20")
    chief.look()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#messages")).to_contain_text("已排进本人的待办")
    page.get_by_role("link", name="登记证书").click()
    expect(page.get_by_label("发证日期")).to_be_visible()
    page.locator("#id_name").fill("井控操作证")
    page.get_by_label("发证日期").fill("2024-01-10")
    page.get_by_label("有效期至").fill("2027-01-09")
    chief.look()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#main")).to_contain_text("待核对,还不算数")
    mine = page.url
    leader = visitor("zhaolixin")
    leader.visit(mine)
    leader.page.get_by_role("button", name="核对无误").first.click()
    expect(leader.page.locator("#messages")).to_contain_text("开始算数")
    leader.look()
    chief.visit(mine)
    row = page.locator("tr", has_text="井控操作证").first
    expect(row).to_contain_text("快到期")
    page.locator("li", has_text="井控操作证").get_by_role("link", name="换证").first.click()
    expect(page.get_by_label("换的是哪一张")).to_be_visible()
    page.get_by_label("发证日期").fill("2026-11-05")
    page.get_by_label("有效期至").fill("2029-11-04")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#main")).to_contain_text("待核对,还不算数")
    leader.visit(mine)
    leader.page.get_by_role("button", name="核对无误").first.click()
    expect(leader.page.locator("tr", has_text="井控操作证").first).to_contain_text("有效至 2029-11-04")
