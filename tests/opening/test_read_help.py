"""「?」: every page of the menu has a passage of a guide, every passage exists, and each role gets its own words."""

import re

import pytest
from django.urls import reverse

from ronghe.common import registry
from ronghe.opening.guides import GUIDES, find_passage, find_ways, read_guide, read_help
from ronghe.opening.views.help import SHELF
from ronghe.org.kinds import POST_TITLES

WAYS = sorted({(page, *way) for page, ways in read_help().items() for way in ways})


@pytest.mark.parametrize("item", list(registry.menu.values()), ids=lambda item: item.url_name)
def test_every_line_of_the_menu_has_its_own_help(item):
    page = reverse(item.url_name)
    fitting = [one for one in read_help() if page == one or (one != "/" and page.startswith(one))]
    assert fitting, f"{page}: no line in help.toml"
    passage = find_passage(page, [])
    assert passage is not None
    assert len(re.sub("<[^>]+>", "", passage.html).strip()) > 40


@pytest.mark.parametrize(("page", "guide", "heading"), WAYS)
def test_every_passage_exists(page, guide, heading):
    book = read_guide(guide)
    assert book is not None, f"{page}: no guide {guide}"
    assert book.find(heading) is not None, f"{page}: {guide} has no heading {heading}"


def test_every_post_has_a_guide_on_the_shelf():
    assert set(GUIDES) == set(POST_TITLES)
    assert set(GUIDES.values()) <= set(SHELF)
    assert [name for name in SHELF if read_guide(name) is None] == []


def test_a_page_below_has_the_help_of_its_page_and_each_role_its_own():
    assert find_ways("/rectification/12/proof/") == find_ways("/rectification/")
    assert find_ways("/supervision/board/3/") == find_ways("/supervision/board/")
    assert find_ways("/nowhere/") == find_ways("/")
    assert find_passage("/worklist/month/", ["staff"]).guide == "staff"
    assert find_passage("/worklist/month/", ["branch_secretary"]).guide == "leader"
    assert find_passage("/worklist/month/", ["reporter", "station_chief"]).guide == "chief"
    assert find_passage("/audit/", ["staff"]).guide == "administrators"


def test_headings_of_a_guide_are_different_and_links_stay_in_the_product():
    for name in SHELF:
        guide = read_guide(name)
        anchors = [one.anchor for one in guide.passages]
        assert len(set(anchors)) == len(anchors), name
        html = "".join(one.html for one in guide.passages)
        assert ".md" not in html
        assert [link for link in re.findall(r'href="([^"]+)"', html) if not link.startswith(("/opening/guide/", "http"))] == []
        assert "!!!" not in html


def test_pages(world, login):
    client = login(world.liuhaitao)
    part = client.get("/opening/help/?page=/rectification/&part=1").content.decode()
    assert 'data-title="整改清单"' in part
    assert "<html" not in part
    assert "整改清单" in client.get("/opening/help/?page=/rectification/").content.decode()
    shelf = client.get("/opening/guide/").content.decode()
    assert shelf.index("班站长与党小组长") < shelf.index("审核人")  # one's own first
    assert client.get("/opening/guide/chief/").status_code == 200
    assert [client.get(f"/opening/guide/{name}/").status_code for name in ("nothing", "first-start")] == [404, 200]
    assert client.get("/opening/guide/pictures/home-phone.png")["Content-Type"] == "image/png"
    assert client.get("/opening/guide/pictures/index.md").status_code == 404
    assert "data-help" in client.get("/worklist/").content.decode()
