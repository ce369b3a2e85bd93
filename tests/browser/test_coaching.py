"""措施: a talk from its notice to its follow-up dates, both sides confirming on their own phone; a pair's page; the poster."""

from playwright.sync_api import expect

from tests.browser.world import MOMENT


def test_a_talk_is_confirmed_by_both(visitor):
    head = visitor("zhaolixin")
    page = head.page
    head.visit("/coaching/").look("coaching")
    page.get_by_role("link", name="作出措施").click()
    expect(page.get_by_label("凭什么")).to_be_visible()
    page.locator("[name=kind]").select_option(label="提醒谈话")
    choose(page.locator("[name=person]"), "王海林")
    page.get_by_label("凭什么").fill("两项整改逾期半个月")
    page.get_by_label("决定理由").fill("当面说清,帮他把人手排开")
    choose(page.locator("[name=owner]"), "赵立新")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/coaching/*/")
    address = page.url
    head.look("coaching-measure")
    page.get_by_role("link", name="通知谈话").click()
    expect(page.get_by_label("地点")).to_be_visible()
    page.get_by_label("谈话日期").fill(str(MOMENT.date()))
    page.locator("[name=meets_at]").fill("15:00")
    page.get_by_label("地点").fill("党员活动室")
    page.get_by_role("button", name="通知本人").click()
    page.wait_for_url(address)
    page.get_by_role("link", name="写谈话记录").click()
    expect(page.get_by_label("本人承诺")).to_be_visible()
    for name, text in (("problem", "两项整改逾期"), ("cause", "人手排不开"), ("promise", "月底前办完"), ("help", "借两人一周")):
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(address)
    chief = visitor("wanghailin", phone=True)
    chief.visit(address)
    chief.page.get_by_role("link", name="核对并确认记录").click()
    expect(chief.page.get_by_label("本人意见")).to_be_visible()
    chief.page.get_by_label("本人意见").fill("属实")
    chief.look("coaching-confirm")
    chief.page.get_by_role("button", name="确认,与谈话相符").click()
    chief.page.wait_for_url(address)
    head.visit(address)
    page.get_by_role("link", name="核对并确认记录").click()
    page.get_by_role("button", name="确认,与谈话相符").click()
    page.wait_for_url(address)
    expect(page.get_by_text("回访中").first).to_be_visible()
    for path in ("kinds/", "pairs/", "effects/", "poster/"):
        head.visit(f"/coaching/{path}").look()


def choose(field, name):
    """Choose the person whose name an option begins with."""
    script = "(field, name) => [...field.options].find(one => one.text.startsWith(name)).value"
    field.select_option(value=field.evaluate(script, name))
