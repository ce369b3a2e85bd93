"""全员创效 in the browser: an idea from a phone, taken up, done with proof, verified by 经营, shared by agreement, credited."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

PROOF = {"name": "台账.txt", "mimeType": "text/plain", "buffer": "电费单编号 2026-10。".encode()}


def propose(member: Visitor) -> str:
    """Propose an idea on a phone; return its address."""
    page = member.page
    member.visit("/initiatives/new/")
    member.look()
    page.get_by_label("一句话说清点子").fill("水套炉按负荷分级点火")
    page.get_by_label("现在有什么问题").fill("夜间负荷低,四台炉同时点火浪费燃气。")
    page.get_by_label("预计效益").fill("12000")
    page.get_by_label("效益怎样计量").fill("燃气表读数与上年同期比")
    page.get_by_role("button", name="提出", exact=True).click()
    page.wait_for_url(re.compile(r"/initiatives/\d+/$"))
    expect(page.locator("#messages")).to_contain_text("已提出")
    return page.url


def test_from_an_idea_to_the_verified_credit(visitor):
    member = visitor("liumingliang", phone=True)
    idea = propose(member)
    chief = visitor("wanghailin")
    chief.visit(idea)
    chief.page.get_by_role("link", name="受理").click()
    chief.look()
    chief.page.get_by_label("何时完成").fill("2026-12-20")
    chief.page.get_by_role("button", name="采纳", exact=True).click()
    expect(chief.page.locator("#messages")).to_contain_text("已采纳")
    member.visit(f"{idea}finish/")
    member.look()
    member.page.get_by_label("做了什么").fill("四台炉分两级点火,运行正常。")
    member.page.locator("input[type=file]").set_input_files(PROOF)
    member.page.get_by_role("button", name="提交").click()
    expect(member.page.locator("#messages")).to_contain_text("等经营核实效益")
    deputy = visitor("xuwenjing")
    deputy.visit(f"{idea}verify/")
    deputy.look()
    deputy.page.get_by_label("核实的效益").fill("9800.50")
    deputy.page.get_by_label("怎样计量的").fill("燃气结算单同比")
    deputy.page.locator("input[type=file]").set_input_files(PROOF)
    deputy.page.get_by_role("button", name="核实", exact=True).click()
    expect(deputy.page.locator("#messages")).to_contain_text("效益已核实")
    member.visit(f"{idea}shares/")
    page = member.page
    page.locator("#id_s-0-percent").fill("70")
    page.locator("#id_s-1-person").select_option(label="朱小飞(采油一站)")
    page.locator("#id_s-1-percent").fill("30")
    page.locator("#id_s-1-work").fill("现场调试")
    member.look()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#messages")).to_contain_text("份额已提出")
    colleague = visitor("zhuxiaofei", phone=True)
    colleague.visit(idea)
    colleague.look()
    colleague.page.get_by_role("button", name="同意", exact=True).click()
    expect(colleague.page.locator("#main")).to_contain_text("已计入贡献")
    colleague.visit("/initiatives/added/")
    expect(colleague.page.locator("#main")).to_contain_text("2,940.15 元")
    colleague.look()
    second = visitor("wanghailin")
    second.visit(f"{idea}decide/")
    expect(second.page.locator("#messages")).to_contain_text("这一步已经办过")
