"""Every page of each person's menu, and every address that a page of it offers."""

import re
from urllib.parse import urljoin, urlparse

import pytest

PEOPLE = ["zhaolixin", "qutingting", "yinjiansheng", "zhuxiaofei", "hanliming", "shenchen", "fanglei", "lumin"]


def list_menu(page):
    return page.locator("#side a").evaluate_all("links => links.map(a => a.getAttribute('href'))")


def list_links(page):
    return page.locator("main a[href]").evaluate_all("links => links.map(a => a.href)")


@pytest.mark.parametrize("person", PEOPLE)
def test_the_pages_of_the_menu_are_in_order(visitor, person):
    me = visitor(person, phone=person in ("zhuxiaofei", "hanliming"))
    page = me.look().page
    known, dead = set(), []
    for path in list_menu(page):
        me.visit(path)
        for link in list_links(page):
            target = urlparse(urljoin(page.url, link))
            shape = re.sub(r"\d+", "0", target.path)  # one of each kind of page
            if f"{target.scheme}://{target.netloc}" != me.address or shape in known:
                continue
            known.add(shape)
            answer = me.context.request.get(link, max_redirects=5)
            if answer.status >= 400:
                dead.append(f"{page.url} → {link}: {answer.status}")
    assert not dead, "\n".join(dead)


def test_the_login_page_by_day_and_night(browser, address):
    from tests.browser.visitor import Visitor

    for dark in (False, True):
        guest = Visitor(browser, address, dark=dark)
        guest.visit("/accounts/login/")
        guest.leave()
