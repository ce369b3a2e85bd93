"""驻站带班 in the browser: a visit written without a signal, sent once when it is back, its problem traced to the guide that let it happen,
the guide changed, the problem cured, and seen cured by the station."""

import re

from playwright.sync_api import expect
from pypinyin import lazy_pinyin

from tests.browser.visitor import WORKER_READY

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED")
PROOF = {"name": "记录.txt", "mimeType": "text/plain", "buffer": "已更换,刻度清楚。".encode()}


def write_offline(leader):
    """Write a visit without a signal; return the address of its problem once it is sent."""
    page, context = leader.page, leader.context
    leader.visit("/stationing/")
    leader.visit("/stationing/field/")
    # the worker has the page before the signal goes
    page.evaluate(WORKER_READY, "/stationing/sw.js")
    context.set_offline(True)
    page.goto("/stationing/field/")
    expect(page.get_by_role("heading", name="写带班记录")).to_be_visible()
    expect(page.get_by_text("现在没有信号,照常填写")).to_be_visible()
    page.get_by_label("生产现场").check()
    page.get_by_label("内容").first.fill("分离器液位计看不清刻度")
    page.get_by_role("button", name="再加一条").click()
    page.get_by_role("button", name="保存并发送").click()
    expect(page.get_by_text("没有信号。记录已存在本机")).to_be_visible()
    expect(page.get_by_text("等待发送")).to_be_visible()
    page.reload()  # closed and opened again: it is still there
    expect(page.get_by_text("等待发送")).to_be_visible()
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
    return page.url, page.locator("#main a[href^='/rectification/']").first.get_attribute("href")


def trace(chief, cure):
    """Ask why, down to the guide that lacked it."""
    page = chief.page
    chief.visit(cure)
    page.get_by_role("link", name="列入").click()
    expect(page.get_by_label("是哪方面的问题")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    page.get_by_role("link", name="查原因").click()
    expect(page.get_by_label("为什么会发生")).to_be_visible()
    page.get_by_label("为什么会发生").fill("刻度面结垢")
    page.get_by_label("又为什么(第 2 层)").fill("没有定期清洗")
    page.get_by_label("又为什么(第 3 层)").fill("工作指南里没有这一项")
    page.get_by_label("清单指南").select_option(label="没有")
    page.get_by_label("源头上怎样治理").fill("换成磁翻板液位计")
    chief.look()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#main")).to_contain_text("请登记改了哪一条清单、指南或职责")
    return page.url


def change_guide(leader):
    """Change an item of the station chiefs' guide; return the guide's address."""
    page = leader.page
    leader.visit("/worklist/guides/")
    page.locator("#main").get_by_role("link", name=re.compile("班站长工作指南")).first.click()
    page.get_by_role("link", name=re.compile("^修改 ")).first.click()
    expect(page.get_by_label("怎么干")).to_be_visible()
    page.get_by_label("怎么干").fill("检查液位计刻度是否清楚\n每季清洗一次")
    page.get_by_label("修改理由").fill("液位计看不清刻度")
    page.get_by_role("button", name="看看会怎样").click()
    page.get_by_role("button", name="确认保存").click()
    expect(page.locator("#messages")).to_be_visible()


def cure_it(chief, verifier, cure):
    page = chief.page
    chief.visit(f"{cure}plan/")
    page.get_by_label("原因").first.fill("刻度面结垢")
    page.locator("#id_m-0-text").fill("清洗并更换液位计")
    page.get_by_role("button", name="提交方案").click()
    expect(page.locator("#messages")).to_contain_text("方案已定")
    page.get_by_role("button", name="完成").first.click()
    expect(page.locator("#messages")).to_contain_text("措施已登记完成")
    chief.visit(f"{cure}proof/")
    page.get_by_label("整改情况").fill("已换磁翻板液位计,刻度清楚。")
    page.locator("input[type=file]").set_input_files(PROOF)
    page.get_by_role("button", name=re.compile("提交")).click()
    expect(page.locator("#messages")).to_contain_text("证明已提交")
    verifier.visit(f"{cure}verify/")
    verifier.page.get_by_role("button", name="已整改到位,销号").click()
    expect(verifier.page.locator("#messages")).to_contain_text("已销号")


def test_a_visit_offline_synced_traced_to_the_guide_and_cured(visitor):
    leader = visitor("zhaolixin", phone=True)
    point, cure = write_offline(leader)
    chief = visitor("wanghailin")
    tracing = trace(chief, cure)
    change_guide(visitor("sunhaibo"))
    chief.visit(f"{tracing}change/")
    chief.page.get_by_label("改了哪一条").select_option(index=0)
    chief.page.get_by_role("button", name="提交").click()
    expect(chief.page.locator("#main")).to_contain_text("溯源齐了")
    chief.look()
    chief.page.locator("#main a[href^='/worklist/guides/']").first.click()
    expect(chief.page.locator("#main")).to_contain_text("从问题来")
    expect(chief.page.locator("#main")).to_contain_text("分离器液位计看不清刻度")
    chief.look()
    chief.visit(cure)
    name = chief.page.locator("dt", has_text="验证人").locator("xpath=following-sibling::dd[1]").inner_text().strip()
    cure_it(chief, visitor("".join(lazy_pinyin(name))), cure)
    member = visitor("zhuxiaofei", phone=True)  # of that station
    member.visit(point)
    expect(member.page.locator("#main")).to_contain_text("已闭环")
