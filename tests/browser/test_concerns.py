"""关切 in the browser: raised without a name on a phone, opened, answered, seen by its code, settled."""

from playwright.sync_api import expect


def test_a_concern_to_its_answer(visitor):
    member = visitor("liumingliang", phone=True)
    page = member.page
    member.visit("/concerns/new/")
    page.get_by_label("关于什么").select_option(label="生活后勤")
    page.get_by_label("是什么情况").fill("澡堂热水晚上十点停,夜班洗不上。")
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_role("heading", name="已交上去")).to_be_visible()
    member.look()
    code = page.locator("[data-code]").inner_text()
    leader = visitor("zhouyumei")  # 党群副职
    leader.visit("/concerns/")
    leader.page.get_by_role("region", name="等我答复").get_by_role("link", name="生活后勤").last.click()
    expect(leader.page.get_by_role("button", name="打开")).to_be_visible()
    expect(leader.page.locator("#main")).not_to_contain_text("澡堂")
    leader.look()
    leader.page.get_by_role("button", name="打开").click()
    expect(leader.page.locator("#main")).to_contain_text("澡堂热水")
    leader.page.get_by_role("link", name="答复", exact=True).click()
    expect(leader.page.get_by_label("答应办什么")).to_be_visible()
    leader.look()
    leader.page.get_by_label("答复", exact=False).first.fill("热水延长到凌晨一点。")
    leader.page.get_by_role("button", name="提交").click()
    expect(leader.page.locator("#messages")).to_contain_text("已答复")
    member.visit("/concerns/")
    page.get_by_label("回执码").fill(code)
    page.get_by_role("button", name="查看").click()
    expect(page.locator("#main")).to_contain_text("热水延长到凌晨一点")
    expect(page.locator("#main")).to_contain_text("周玉梅")
    member.look()
    page.get_by_role("button", name="解决了", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已了结")
