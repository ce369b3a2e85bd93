"""By keyboard alone: past the menu, through a list, a row opened, a view saved and a column left out, without a trap."""

from playwright.sync_api import expect


def test_a_list_by_keyboard_alone(visitor):
    head = visitor("zhaolixin")
    page = head.page
    press = page.keyboard.press
    head.visit("/rectification/?view=0")
    press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.locator("#main").evaluate("node => node.blur()")
    press("?")
    expect(page.locator("#keyboard-help")).to_be_visible()
    head.look()
    press("Escape")
    expect(page.locator("#keyboard-help")).not_to_be_visible()
    rows = page.locator("#main tbody tr")
    links = rows.locator("th a")
    expect(links.nth(1)).to_be_visible()
    press("j")
    expect(links.nth(0)).to_be_focused()
    press("j")
    expect(links.nth(1)).to_be_focused()
    press("k")
    expect(links.nth(0)).to_be_focused()
    press("x")
    expect(rows.nth(0).locator("[data-row]")).to_be_checked()
    press("x")
    title = links.nth(0).inner_text()
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(links.nth(0)).to_be_visible()
    # the choice of columns: opened, one taken away, kept
    page.locator(".columns-choice summary").focus()
    press("Enter")
    expect(page.get_by_label("来源", exact=True).last).to_be_visible()
    page.locator(".columns-choice input[value=source]").focus()
    press("Space")
    press("Tab")
    expect(page.get_by_role("button", name="显示这些列")).to_be_focused()
    head.look()
    press("Enter")
    expect(page.locator("th[scope=col]", has_text="来源")).to_be_hidden()
    expect(page.locator(".columns-choice summary")).to_contain_text("少 1 列")
    # the view: kept under a name, opened with from now on
    page.get_by_role("link", name="存为视图").focus()
    press("Enter")
    expect(page.get_by_label("名称")).to_be_visible()
    head.look()
    page.get_by_label("名称").focus()
    page.keyboard.type("周一早上看的")
    press("Enter")
    expect(page.get_by_role("link", name="周一早上看的")).to_have_attribute("aria-current", "page")
    head.look()
    # round the whole page: every stop can be left again
    seen = set()
    page.locator("body").evaluate("() => document.activeElement?.blur()")
    for _stop in range(400):
        press("Tab")
        here = page.evaluate("() => { const n = document.activeElement; return n === document.body ? '' : n.outerHTML.slice(0, 300) }")
        if not here or (here in seen and len(seen) > 20 and "跳到正文" in here):
            break
        seen.add(here)
    assert len(seen) > 30
    press("/")
    expect(page.locator("[data-keys='/']")).to_be_focused()
