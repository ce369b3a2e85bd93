"""A goal plan in the browser: drafted, split, arranged, discussed, approved, issued, and accepted by a station chief."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

PARTS = ("党的建设", "质量效益", "安全生产", "环境保护", "廉洁从业", "和谐稳定")


def draft_plan(admin: Visitor) -> str:
    """Draft next year's plan with one goal, split among the stations; return its address."""
    page = admin.page
    admin.visit("/goals/plans/new/")
    page.get_by_label("名称").fill("浏览器计划")
    page.get_by_label("依据").fill("厂产量计划")
    page.get_by_role("button", name="建立", exact=True).click()
    page.wait_for_url(re.compile(r"/goals/plans/\d+/$"))
    plan = page.url
    page.get_by_role("link", name="增加目标").first.click()
    page.get_by_label("目标*", exact=True).fill("原油产量")
    page.get_by_label("维度").select_option(label="主营业务")
    page.get_by_label("指标", exact=False).first.select_option(label="原油产量(t)")
    page.get_by_label("目标值", exact=False).first.fill("24.6万")
    page.get_by_label("统筹协调").select_option(index=1)
    page.get_by_label("抓到什么程度").fill("月月均衡")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile(r"/goals/nodes/\d+/$"))
    admin.look()
    page.get_by_role("link", name="分解到单位").click()
    page.get_by_label("分给谁").select_option(label="采油站")
    page.get_by_label("按什么分").select_option(label="平均")
    page.get_by_role("button", name="按此计算").click()
    expect(page.locator(".tiles")).to_contain_text("对得上")
    admin.look()
    page.get_by_role("button", name="保存分解").click()
    expect(page.locator("#messages")).to_contain_text("已分解到 6 个单位")
    expect(page.get_by_role("cell", name="41000").first).to_be_visible()
    return plan


def test_from_drafting_to_a_chiefs_acceptance(visitor):
    admin = visitor("qutingting")
    plan = draft_plan(admin)
    page = admin.page
    admin.visit(f"{plan}parts/")
    for number in range(len(PARTS)):
        page.locator("textarea").nth(number).fill("与计划同安排")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(plan)
    page.get_by_label("讨论情况").fill("与各站长逐项对接,一致同意")
    page.get_by_role("button", name="登记讨论").click()
    expect(page.locator("#messages")).to_contain_text("已登记讨论")
    head = visitor("sunhaibo")
    head.visit(plan)
    head.page.get_by_label("批准的会议").fill("第1次班子会")
    head.page.get_by_role("button", name="登记批准").click()
    expect(head.page.locator("#messages")).to_contain_text("已批准")
    head.look()
    head.page.get_by_role("button", name="下达").click()
    head.page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(head.page.locator("#messages")).to_contain_text("已下达")
    chief = visitor("wanghailin", phone=True)
    chief.visit(plan)
    chief.look()
    chief.page.get_by_label("意见").fill("保证完成")
    chief.page.get_by_role("button", name="认领(等同签字)").click()
    expect(chief.page.locator("#messages")).to_contain_text("等同签字")
    chief.visit("/goals/mine/")
    expect(chief.page.locator("#main")).to_contain_text("服务于")
    chief.look()
