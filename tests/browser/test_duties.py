"""分工: the secretary settles a matter in the matrix with its effect shown first, and hands over what a deputy holds; the receiver signs."""

from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu


def test_a_matter_is_settled_and_a_deputy_hands_over(visitor):
    head = visitor("zhaolixin")
    page = head.page
    choose_in_menu(page, "分工矩阵")
    head.look("duties-matrix")
    page.get_by_role("link", name="人力资源,经营管理副职").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("按行政岗位").select_option(label="协办")
    expect(dialog.get_by_text("将消除")).to_be_visible()
    head.look()
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_text("经营管理副职:分管 → 协办")).to_be_visible()
    head.visit("/duties/findings/").visit("/duties/lists/").visit("/duties/plots/")
    choose_in_menu(page, "交接与AB岗")
    head.look()
    page.get_by_label("移交人").select_option(label="宋学林(示范采油管理区)")
    page.get_by_role("button", name="列出名下的事").click()
    page.get_by_label("至(离岗)").fill("2026-11-20")
    expect(page.get_by_text("AB岗:高志远")).to_be_visible()  # offered as the receiver
    page.get_by_label("原因").fill("参加油藏培训班")
    head.look("handover-form")
    page.get_by_role("button", name="办理交接").click()
    page.wait_for_url("**/duties/handovers/*/")
    head.look()
    receiver = visitor("gaozhiyuan", phone=True)
    receiver.visit(page.url)
    receiver.page.get_by_role("button", name="签字", exact=True).click()
    expect(receiver.page.get_by_text("接收签字")).to_be_visible()
    receiver.visit("/duties/")
