"""A month's figures: a station's 填报人 hands them in by sheet and by keyboard, the 审核人 returns and confirms them."""

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu

REPORTER = "sunxiaoli"  # 采油一站
REVIEWER = "xingliwei"
CHIEF_WHO_REPORTS = "jiangwenchao"  # 填报人 of 采油四站
MONTH = "2026年11月"


class Template:
    """A downloaded sheet: headings by name in row 3, our line of this month, last month's above it."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        heads = next(row for row in self.sheet.iter_rows() if any(cell.value == "单位名称" for cell in row))
        units = self.sheet[heads[0].row + 1]
        self.columns = {cell.value: cell.column for cell in heads[3:] if cell.value}
        self.measures = {cell.value: units[cell.column - 1].value for cell in heads[3:] if cell.value}
        lines = [row for row in self.sheet.iter_rows(min_row=heads[0].row + 2) if row[2].value in ("上月", "本月")]
        self.last, self.line = lines[0][0].row, lines[1][0].row

    def value(self, row, name):
        return self.sheet.cell(row, self.columns[name]).value

    def fill(self, **values):
        """Write last month's values into this month's line, or the value given for an indicator's name."""
        for name, column in self.columns.items():
            self.sheet.cell(self.line, column).value = values.get(name, self.value(self.last, name) or 0)
        self.book.save(self.path)

    def place(self, name):
        return self.sheet.cell(self.line, self.columns[name]).coordinate


def download(page, click):
    with page.expect_download() as waiting:
        click()
    return waiting.value


def card_of(page, month, unit):
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=f"{month} · {unit}"))


def upload(page, path):
    page.get_by_label("把文件拖到这里").set_input_files(path)
    page.get_by_role("button", name="读取这份表格").click()
    page.wait_for_url("**/figures/uploads/*/")


def test_a_station_hands_in_its_month_by_sheet_and_the_reviewer_takes_it(visitor, tmp_path):
    me = visitor(REPORTER)
    page = me.look().page
    # what is asked of me, and by when, stands first on the workbench
    expect(page.get_by_role("heading", name="待办事项")).to_be_visible()
    page.get_by_role("link", name=f"{MONTH} 采油一站").first.click()
    me.look("grid")
    page.goto("/figures/")
    card = card_of(page, MONTH, "采油一站")
    expect(card).to_contain_text("截止 12月7日")
    got = download(page, card.get_by_role("link", name="下载填报表").click)
    assert got.suggested_filename == f"采油一站{MONTH}指标填报表.xlsx"
    path = tmp_path / got.suggested_filename
    got.save_as(path)

    # a bad one: each problem at its cell, nothing saved, and the same sheet back with the places marked
    sheet = Template(path)
    assert len(sheet.columns) >= 5
    assert "集输" not in "".join(sheet.columns)
    names = list(sheet.columns)
    percent = next(name for name, measure in sheet.measures.items() if measure == "%")
    sheet.fill(**{names[0]: "约四千", percent: 95})
    card.get_by_role("link", name="去填报").click()
    upload(page, path)
    expect(page.get_by_role("alert")).to_contain_text("一个数值也没有保存")
    problems = page.get_by_role("region", name="问题与说明")
    expect(problems).to_contain_text(sheet.place(names[0]))
    expect(problems).to_contain_text("约四千")
    me.look("upload-problems")
    marked = download(page, page.get_by_role("link", name="下载标注副本").click)
    marked.save_as(tmp_path / "marked.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0][sheet.place(names[0])]
    assert cell.comment or cell.fill.fgColor.rgb not in ("00000000", None)

    # corrected: what was read is shown, and only then saved
    sheet.fill(**{percent: 0.95})
    upload(page, path)
    expect(page.get_by_text(f"读到 {len(names)} 个数值,没有错误。")).to_be_visible()
    expect(page.get_by_text("现在还什么都没有保存。")).to_be_visible()
    me.look()
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url("**/figures/batches/*/")
    expect(page.locator("#messages")).to_contain_text("等待审核")
    expect(page.locator(".page-actions")).to_contain_text("待审核")
    me.look()
    batch = page.url

    # the reviewer sends it back with a reason
    reviewer = visitor(REVIEWER)
    desk = reviewer.look().page
    choose_in_menu(desk, "待审核")
    reviewer.look()
    desk.get_by_role("row").filter(has_text="采油一站").get_by_role("link").first.click()
    assert desk.url == batch
    reviewer.look()
    desk.get_by_role("button", name="退回").click()
    expect(desk.get_by_role("alert")).to_be_visible()  # not without a reason
    desk.get_by_label("退回原因").fill("油井利用率请与开关井记录核对")
    desk.get_by_role("button", name="退回").click()
    expect(desk.locator(".page-actions")).to_contain_text("已退回")
    reviewer.look()

    # the reporter reads why, corrects one cell in the grid, and hands it in again
    page.goto("/")
    page.get_by_role("link", name="退回").first.click()
    expect(page.get_by_text("油井利用率请与开关井记录核对").first).to_be_visible()
    page.get_by_role("link", name="修改").click()
    first = page.locator("table[data-grid] td[data-cell] input:not([readonly])").first
    first.fill("４，１００")  # full width, as an input method writes it
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url("**/figures/batches/*/")
    me.look()

    desk.goto(batch)
    desk.get_by_role("button", name="确认").click()
    expect(desk.locator(".page-actions")).to_contain_text("已确认")
    reviewer.look()
    # confirmed figures are read-only: the reporter may only ask for a correction
    page.goto(batch)
    expect(page.get_by_role("button", name="发起更正")).to_be_visible()
    expect(page.get_by_role("link", name="修改")).to_have_count(0)
    page.get_by_role("button", name="发起更正").click()
    me.look()


def test_the_grid_is_filled_by_keyboard_alone(visitor):
    me = visitor(CHIEF_WHO_REPORTS)
    page = me.page
    page.goto("/figures/")
    card_of(page, MONTH, "采油四站").get_by_role("link", name="去填报").click()
    cells = page.locator("table[data-grid] td[data-cell] input[inputmode=decimal]:not([readonly])")
    expect(cells.first).to_be_visible()  # count() does not wait
    total = cells.count()
    assert total >= 5
    for _press in range(80):  # to the first cell by Tab, as without a mouse
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('td[data-cell]') !== null"):
            break
    expect(cells.first).to_be_focused()
    start = page.evaluate("document.activeElement.id")
    page.keyboard.type("3900")
    page.keyboard.press("ArrowRight")
    moved = page.evaluate("document.activeElement.id")
    assert moved != start
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == start
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") != start
    # a block from WPS lands cell by cell
    cells.first.focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "3,900\n96.5%\n２",
    )
    expect(page.locator("[data-grid-hint]")).to_contain_text("已粘贴 3 格")
    expect(cells.nth(0)).to_have_value("3900")
    expect(cells.nth(2)).to_have_value("2")
    me.look()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("草稿已保存")
    expect(cells.nth(0)).to_have_value("3900")
    me.look()
    # what cannot be a number is refused at its cell, and everything typed is kept
    cells.nth(1).fill("九十五左右")
    page.get_by_role("button", name="保存为草稿").click()
    expect(page.get_by_role("alert")).to_contain_text("什么都没有保存")
    expect(cells.nth(1)).to_have_value("九十五左右")
    me.look()


@pytest.mark.parametrize("person", [REPORTER, "qutingting"])
def test_reporting_on_a_phone(visitor, person):
    me = visitor(person, phone=True)
    me.look()
    me.visit("/figures/")
    me.page.get_by_role("link", name="去填报").or_(me.page.get_by_role("link", name="上传或填写全区数值")).first.click()
    me.look()
