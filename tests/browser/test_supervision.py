"""监督: a week of 督办 from opening to confirming, with a line said on a phone; a work through its four stages; an alert handled."""

import re

from playwright.sync_api import expect


def choose(field, name):
    """Choose the person whose name an option begins with."""
    script = "(field, name) => [...field.options].find(one => one.text.startsWith(name)).value"
    field.select_option(value=field.evaluate(script, name))


def test_a_week_of_the_board(visitor):
    head = visitor("zhaolixin")
    page = head.page
    head.visit("/supervision/board/").look("weekly-board")
    page.get_by_role("link", name="列入督办").click()
    page.get_by_label("事项").fill("7 号计量间防冻改造")
    page.get_by_label("办到什么程度").fill("入冬前完工并试压合格")
    page.get_by_label("责任单位").select_option(index=4)
    choose(page.get_by_label("责任人"), "王海林")
    page.get_by_label("期限").fill("2026-11-20")
    head.look()
    page.get_by_role("button", name="列入督办").click()
    page.wait_for_url("**/supervision/board/*/")
    address = page.url
    head.look("weekly-item")
    page.get_by_label("督办意见").fill("本周先把保温材料到位。")
    page.get_by_role("button", name="告知责任人").click()
    page.wait_for_url("**/supervision/board/*/")
    expect(page.get_by_text("本周先把保温材料到位。").first).to_be_visible()
    page.get_by_role("link", name="调整期限").click()
    page.get_by_label("新的期限").fill("2026-11-27")
    page.get_by_label("理由").fill("等配件")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("2026-11-20 → 2026-11-27:等配件")).to_be_visible()
    # the owner says the week's line on the phone, and that it is done
    chief = visitor("wanghailin", phone=True)
    chief.visit("/supervision/board/report/")
    card = chief.page.locator("section.card", has_text="7 号计量间防冻改造")
    card.get_by_label("本周进展").fill("材料到位,已完工,试压合格。")
    card.get_by_label("已办结,请确认").check()
    chief.look("weekly-report")
    chief.page.get_by_role("button", name="汇报", exact=True).click()
    expect(chief.page.get_by_text("已汇报 1 项。")).to_be_visible()
    # another person confirms
    head.visit(address)
    page.get_by_role("link", name="确认办结").click()
    page.get_by_label("办理结果").fill("现场看过,合格。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("现场看过,合格。").first).to_be_visible()
    head.visit("/supervision/board/?light=r").visit("/supervision/board/?light=done")
    for path in ("lists", "checks", "daily", "terms", "open", "open/items", "alerts", "alerts/rules"):
        head.visit(f"/supervision/{path}/")


def test_a_work_goes_through_its_four_stages(visitor):
    """Each form is filled in by one person and checked by another; the next stage opens by that and by nothing else."""
    head = visitor("zhaolixin")
    page = head.page
    head.visit("/supervision/works/")
    page.get_by_role("link", name="启动重点工程").click()
    page.get_by_role("link", name="地面工程改造").click()
    page.get_by_label("工程名称").fill("2 号站加热炉更新")
    page.get_by_label("内容和目标").fill("更换两台加热炉,热效率提高到 88%")
    page.get_by_label("所在单位").select_option(index=4)
    people = {"工程负责人": "gaozhiyuan", "施工管理": "yuzhenhai", "经营管理": "xuwenjing", "现场监督": "songxuelin"}
    names = {"gaozhiyuan": "高志远", "yuzhenhai": "于振海", "xuwenjing": "徐文静", "songxuelin": "宋学林"}
    for role, login in people.items():
        choose(page.get_by_label(role), names[login])
    head.look()
    page.get_by_role("button", name="启动", exact=True).click()
    page.wait_for_url("**/supervision/works/*/")
    head.look("work")
    address = page.url
    visitors = {login: visitor(login) for login in people.values()}
    steps = (
        ("立项论证表", "gaozhiyuan", "xuwenjing"),
        ("选商采购表", "xuwenjing", "songxuelin"),
        ("开工条件确认表", "yuzhenhai", "songxuelin"),
        ("隐蔽工程和工作量签认表", "yuzhenhai", "gaozhiyuan"),
        ("竣工验收表", "gaozhiyuan", "songxuelin"),
        ("结算审核表", "xuwenjing", "gaozhiyuan"),
    )
    for number, (form, filler, checker) in enumerate(steps):
        work = visitors[filler].page
        work.goto(address)
        work.get_by_role("link", name=form).click()
        expect(work.get_by_role("heading", level=1, name=form)).to_be_visible()
        if not number:
            visitors[filler].look("work-form")
            drop_the_line(visitors[filler])
        fill_in(work)
        work.get_by_role("button", name="填报完成,提交核验").click()
        expect(work.get_by_text("核验。").first).to_be_visible()
        other = visitors[checker].page
        other.goto(address)
        other.get_by_role("link", name="核验", exact=True).first.click()
        if not number:
            visitors[checker].look()
        other.get_by_role("button", name="核验通过").click()
        expect(other.get_by_text("已核验。")).to_be_visible()
    head.visit(address)
    expect(page.get_by_text("已完成").first).to_be_visible()
    head.visit("/supervision/alerts/").visit("/supervision/alerts/rules/").visit("/supervision/works/types/")


def drop_the_line(who):
    """Type while the line is down and close the page: what was typed is there again, and saved."""
    page, form = who.page, who.page.url
    typed = page.locator("form[data-keep] textarea[name^='f-']").first
    who.context.set_offline(True)
    typed.fill("断网时写的内容")
    page.wait_for_timeout(2500)  # longer than the pause after which it would save
    who.faults = [fault for fault in who.faults if "ERR_INTERNET_DISCONNECTED" not in fault and "Failed to fetch" not in fault]
    page.goto("about:blank")
    who.context.set_offline(False)
    page.goto(form)
    expect(typed).to_have_value("断网时写的内容")
    expect(page.locator("#draft")).to_contain_text(re.compile("草稿已存|存的草稿"))
    page.reload()
    expect(typed).to_have_value("断网时写的内容")


def fill_in(page):
    """Fill in every field that the form asks for, and its proof."""
    for field in page.locator("form [name^='f-']").all():
        kind = field.evaluate("field => field.tagName + ':' + (field.type || '')")
        if kind.startswith("SELECT"):
            field.select_option(index=1)
        elif kind.endswith(":date"):
            field.fill("2026-11-05")
        elif field.get_attribute("inputmode") == "decimal":
            field.fill("12.5")
        else:
            field.fill("符合要求")
    proof = page.locator("input[type=file]")
    if proof.count():
        proof.set_input_files({"name": "佐证.txt", "mimeType": "text/plain", "buffer": "佐证材料".encode()})
