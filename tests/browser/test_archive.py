"""保存期限 from the preview to the second person, a paper registered under its number, an inspection pack asked for."""

from playwright.sync_api import expect


def test_a_term_is_tried_proposed_and_approved(visitor):
    keeper = visitor("shenchen")
    keeper.visit("/retention/")
    keeper.look()
    keeper.visit("/retention/kinds/names/?days=0")
    expect(keeper.page.locator("p[role=status]")).to_contain_text("会处理")
    keeper.look()
    keeper.page.get_by_role("link", name="提出保存期限").click()
    expect(keeper.page.get_by_label("依据")).to_be_visible()
    keeper.page.get_by_label("保存多少天").fill("3650")
    keeper.page.get_by_label("依据").fill("本单位信息管理办法第八条")
    keeper.look()
    keeper.page.get_by_role("button", name="提交").click()
    expect(keeper.page.locator("#messages")).to_contain_text("等安全管理员批准")
    guard = visitor("fanglei", phone=True)
    guard.visit("/retention/kinds/names/")
    guard.look()
    guard.page.get_by_role("button", name="批准", exact=True).click()
    guard.page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(guard.page.locator("#messages")).to_contain_text("已批准")
    guard.visit("/retention/report/")
    guard.look()


def test_a_paper_gets_its_number_and_a_pack_is_asked_for(visitor):
    secretary = visitor("zhaolixin")
    secretary.visit("/archive/dispatches/new/")
    page = secretary.page
    page.get_by_label("登记簿").select_option(label="党支部收文")
    page.get_by_label("标题").fill("关于开展冬季防冻检查的通知")
    page.get_by_label("来文单位或主送单位").fill("示范采油厂")
    secretary.look()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#messages")).to_contain_text("已登记,文号 收〔")
    secretary.look()
    secretary.visit("/archive/packs/new/")
    page.get_by_label("哪次检查").fill("上级党委年度考核")
    page.get_by_label("整改(整改、督办事项)").check()
    secretary.look()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="上级党委年度考核")).to_be_visible()
    expect(page.get_by_text("排队中")).to_be_visible()
    secretary.look()
    phone = visitor("zhouyumei", phone=True)
    phone.visit("/archive/dispatches/")
    phone.look()
