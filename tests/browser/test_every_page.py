"""Every page of each person's menu, and every address that a page of it offers.

A browser looks at each page once (once more on a phone), as the first of PEOPLE whose menu has it; as the others it is asked for
without one. Whoever looks and however: each address that the page offers this person must open.
"""

import re
from urllib.parse import urljoin, urlparse

import pytest
from lxml import html

from tests.browser.visitor import PASSWORD, Visitor

PEOPLE = ["zhaolixin", "qutingting", "yinjiansheng", "zhuxiaofei", "hanliming", "shenchen", "fanglei", "lumin"]
PHONES = {"zhuxiaofei", "hanliming"}
MENU, LINKS = '//*[@id="side"]//a/@href', "//main//a/@href"
AGAIN = 3  # a connection that is kept open may be closed by the server just as it is asked again


def find_links(page, path):
    return html.fromstring(page).xpath(path)


@pytest.fixture(scope="module")
def menus(browser, address):
    """Person → the addresses of the menu."""
    found = {}
    for person in PEOPLE:
        context = browser.new_context(base_url=address)
        form = context.request.get("/accounts/login/", max_retries=AGAIN).text()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        home = context.request.post("/accounts/login/", form={"login": person, "password": PASSWORD, "csrfmiddlewaretoken": token})
        found[person] = find_links(home.text(), MENU)
        context.close()
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_the_pages_of_the_menu_are_in_order(visitor, menus, person):
    me = visitor(person, phone=person in PHONES)
    page = me.look().page
    assert find_links(page.content(), MENU) == menus[person]
    earlier = [other for other in PEOPLE[: PEOPLE.index(person)] if (other in PHONES) == (person in PHONES)]
    looked_at = {path for other in earlier for path in menus[other]}
    known, dead = set(), []
    for path in menus[person]:
        if path in looked_at:
            answer = me.context.request.get(path, max_retries=AGAIN)
            assert answer.ok, f"{path}: {answer.status}"
            where, text = answer.url, answer.text()
        else:
            me.visit(path)
            where, text = page.url, page.content()
        for link in find_links(text, LINKS):
            target = urlparse(urljoin(where, link))
            shape = re.sub(r"\d+", "0", target.path)  # one of each kind of page
            if f"{target.scheme}://{target.netloc}" != me.address or shape in known:
                continue
            known.add(shape)
            answer = me.context.request.get(target.geturl(), max_redirects=5, max_retries=AGAIN)
            if answer.status >= 400:
                dead.append(f"{where} → {link}: {answer.status}")
    assert not dead, "\n".join(dead)


def test_the_login_page_by_day_and_night(browser, address):
    for dark in (False, True):
        guest = Visitor(browser, address, dark=dark)
        guest.visit("/accounts/login/")
        guest.leave()
