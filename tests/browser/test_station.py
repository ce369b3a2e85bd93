"""What a station chief reads: our place, why, what would close the gap, and the papers behind it. And who looks for something finds it."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu

CHIEF = "wanghailin"  # 采油一站
BEHIND = "mengfanliang"  # 采油六站: vetoed once, a report missing


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_chief_reads_the_stations_month(visitor, phone):
    me = visitor(CHIEF, phone=phone)
    page = me.look("home-phone" if phone else "").page
    if phone:
        page.get_by_role("navigation", name="常用").get_by_role("link", name="成绩").click()
    else:
        choose_in_menu(page, "我们的成绩")
    expect(page.get_by_role("heading", name="采油一站 · 2026年9月成绩")).to_be_visible()
    expect(page.locator(".tile").filter(has_text="名次")).to_contain_text("/ 6")
    expect(page.locator(".tile").filter(has_text="党建得分")).to_be_visible()
    expect(page.locator(".tile").filter(has_text="业务得分")).to_be_visible()
    # each mark says why
    reasons = page.locator(".score-why")
    assert reasons.count() >= 8
    assert all(reasons.nth(n).inner_text().strip() for n in range(reasons.count()))
    # the four fronts and the trend are drawn, with their numbers as a table below
    for chart in ("四个前沿阵地", "总分走势", "名次走势"):
        expect(page.get_by_role("img", name=chart)).to_be_visible()
        expect(page.get_by_role("img", name=chart).locator("canvas")).to_have_count(1)
    # what separates us from the next place, and what would close it
    expect(page.get_by_role("region", name="分丢在哪里,怎样追回")).to_be_visible()
    me.look("station-phone" if phone else "station-desktop")
    for more in page.locator("summary").filter(has_text="查看数据表").all():
        more.click()
    me.look()
    # the paper behind an input is one click away
    page.locator(".score-foot a").first.click()
    page.wait_for_url("**/figures/batches/*/")
    me.look()
    page.go_back()
    page.locator(".score-head a").first.click()
    expect(page.get_by_role("heading", name="怎么算")).to_be_visible()
    me.look()


def test_what_would_close_the_gap_is_a_number_to_reach(visitor):
    """At least one station of the track is told what one indicator alone must reach to climb a place."""
    me = visitor("zhaolixin")
    page = me.visit("/assessment/").page
    addresses = page.get_by_role("region", name="采油站").locator("th a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    needed = []
    for address in addresses:
        page.goto(address)
        needed += page.locator("th:text-is('单靠它进一名')").all_text_contents()
    assert needed


def test_a_station_with_a_bad_month_reads_why(visitor):
    me = visitor(BEHIND, phone=True)
    me.look()
    page = me.visit("/assessment/ours/").page
    ours = page.url.partition("?")[0]
    months = page.locator("#period option").evaluate_all("options => options.map(o => o.value)")
    assert len(months) >= 11
    vetoed = 0
    for month in months:
        page.goto(f"{ours}?period={month}")
        vetoed += page.get_by_text("否决").count()
        if page.get_by_text("否决").count() or page.get_by_text("缺报").count():
            me.look()
    assert vetoed


def test_the_ranking_by_day_by_night_and_on_paper(visitor):
    me = visitor("sunhaibo")
    me.look("home-desktop")
    me.visit("/assessment/").look("ranking-desktop")
    me.page.get_by_role("link", name="打印").click()
    expect(me.page.get_by_role("button", name="打印")).to_be_visible()
    me.page.set_viewport_size({"width": 840, "height": 1120})
    me.look("ranking-print")
    night = visitor("sunhaibo", dark=True)
    night.look()
    night.visit("/assessment/").look("ranking-dark")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lml", "刘明亮"), ("采油六", "采油六站"), ("油井利用", "油井利用率"), ("202610-A1-006", "202610-A1-006")],
    ids=["initials", "unit", "indicator", "batch"],
)
def test_search_finds_while_one_types(visitor, typed, found):
    me = visitor("sunhaibo")
    page = me.page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="搜索")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator("#suggest")).to_contain_text(found)
    me.look()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/") or "/search/" in url or url.count("/") > 3)
    me.look()
    expect(page.locator("main")).to_contain_text(found)
