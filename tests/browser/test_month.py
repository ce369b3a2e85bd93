"""A month is closed: who has not reported, the run and its preview, the publication, and what the stations then read."""

from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu

ADMIN = "qutingting"
REVIEWER = "xingliwei"
SECRETARY = "zhaolixin"
MONTH = "2026年10月"


def test_the_month_is_urged_run_and_published(visitor):
    admin = visitor(ADMIN)
    page = admin.look().page
    choose_in_menu(page, "填报进度")
    admin.look()
    page.get_by_role("link", name=MONTH).click()
    admin.look("board")
    board = page.get_by_role("region", name="各单位填报进度")
    expect(board.get_by_role("row").filter(has_text="采油四站")).to_contain_text("退回")
    page.get_by_role("button", name="催报 采油四站").click()
    expect(page.locator("#messages")).to_contain_text("已提醒 1 人")
    expect(board.get_by_role("row").filter(has_text="采油四站")).to_contain_text("已催")
    admin.look()

    # the last batch that waits is confirmed, so that the preview of this morning no longer stands
    reviewer = visitor(REVIEWER)
    reviewer.visit("/figures/queue/")
    reviewer.page.get_by_role("link", name="202610-A1-006").click()
    reviewer.page.get_by_role("button", name="确认").click()
    expect(reviewer.page.locator(".page-actions")).to_contain_text("已确认")

    # the run: what is not settled is said before, the preview says what the scheme makes of it
    choose_in_menu(page, "计分与公示")
    admin.look()
    page.get_by_role("link", name="计分", exact=True).click()
    expect(page.get_by_text("计分前检查")).to_be_visible()
    admin.look()
    page.get_by_role("button", name="计分并预览").click()
    page.wait_for_url("**/assessment/runs/*/")
    expect(page.get_by_text("与第 1 次计分比较").first).to_be_visible()
    expect(page.get_by_role("button", name="公示")).to_have_count(0)  # never by who ran it
    admin.look("run-preview")
    run = page.url
    page.get_by_role("region", name="采油站").get_by_role("link", name="采油一站").click()
    expect(page.get_by_text("这是预览,还没有公示")).to_be_visible()
    admin.look()

    # nobody below sees a preview
    chief = visitor("wanghailin")
    answer = chief.page.goto(run)
    assert answer is not None
    assert answer.status == 404
    chief.faults.clear()  # the browser logs the 404 that was asked for

    secretary = visitor(SECRETARY)
    desk = secretary.visit("/worklist/").page  # the workbench shows the first of them only
    desk.get_by_role("link", name=f"{MONTH}考核").last.click()
    desk.wait_for_url("**/assessment/runs/*/")
    assert desk.url == run
    secretary.look()
    desk.get_by_role("button", name="公示").click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("h1")).to_contain_text("公示")
    secretary.look()
    desk.get_by_role("link", name="看排名").click()
    expect(desk.get_by_role("heading", name=f"{MONTH}晾晒排名")).to_be_visible()
    secretary.look()

    # and those on it are told, and find their place
    chief.page.goto("/")
    chief.page.get_by_role("button", name=f"{MONTH}考核结果公示").first.click()
    expect(chief.page.get_by_role("heading", name="采油一站").first).to_be_visible()
    chief.look()
