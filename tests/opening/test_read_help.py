"""「?」: every page of the menu has a passage of a guide, every passage exists, each role gets its own words, in the reader's language."""

import re
from itertools import product

import pytest
from django.conf import settings
from django.urls import reverse

from ronghe.common import registry
from ronghe.opening.guides import GUIDES, find_passage, find_ways, read_guide, read_help
from ronghe.opening.views.help import SHELF
from ronghe.org.kinds import POST_TITLES

HOUSE, CHINESE = "zh-hans", re.compile("[\u3400-\u9fff]")
WAYS = sorted({(page, *way) for page, ways in read_help().items() for way in ways})


@pytest.mark.parametrize("item", list(registry.menu.values()), ids=lambda item: item.url_name)
def test_every_line_of_the_menu_has_its_own_help(item):
    page = reverse(item.url_name)
    fitting = [one for one in read_help() if page == one or (one != "/" and page.startswith(one))]
    assert fitting, f"{page}: no line in help.toml"
    passage = find_passage(page, [], HOUSE)
    assert passage is not None
    assert len(re.sub("<[^>]+>", "", passage.html).strip()) > 40


@pytest.mark.parametrize(("page", "guide", "heading"), WAYS)
def test_every_passage_exists(page, guide, heading):
    book = read_guide(guide, HOUSE)
    assert book is not None, f"{page}: no guide {guide}"
    assert book.find(heading) is not None, f"{page}: {guide} has no heading {heading}"


def test_every_post_has_a_guide_on_the_shelf():
    assert set(GUIDES) == set(POST_TITLES)
    assert set(GUIDES.values()) <= set(SHELF)
    assert [name for name in SHELF if read_guide(name, HOUSE) is None] == []


def test_a_page_below_has_the_help_of_its_page_and_each_role_its_own():
    assert find_ways("/rectification/12/proof/") == find_ways("/rectification/")
    assert find_ways("/supervision/board/3/") == find_ways("/supervision/board/")
    assert find_ways("/nowhere/") == find_ways("/")
    assert find_passage("/worklist/month/", ["staff"], HOUSE).guide == "staff"
    assert find_passage("/worklist/month/", ["branch_secretary"], HOUSE).guide == "leader"
    assert find_passage("/worklist/month/", ["reporter", "station_chief"], HOUSE).guide == "chief"
    assert find_passage("/audit/", ["staff"], HOUSE).guide == "administrators"


def test_headings_of_a_guide_are_different_and_links_stay_in_the_product():
    for name, language in product(SHELF, (HOUSE, "en")):
        guide = read_guide(name, language)
        anchors = [one.anchor for one in guide.passages]
        assert len(set(anchors)) == len(anchors), (name, language)
        html = "".join(one.html for one in guide.passages)
        assert ".md" not in html
        assert [link for link in re.findall(r'href="([^"]+)"', html) if not link.startswith(("/opening/guide/", "http"))] == []
        assert "!!!" not in html


def outline(path):
    """(levels of the headings, lines of lists and tables, links, pictures) of a guide."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    lines = [len(re.findall(shape, text, re.MULTILINE)) for shape in (r"^\s*\d+\. ", r"^\s*- ", r"^\|", "^!!! ")]
    return levels, lines, sorted(re.findall(r"\]\(([^)]+)\)", text.replace("](../../", "](../")))


def test_every_guide_stands_in_english_heading_by_heading():
    names = {path.name for path in settings.GUIDE_DIR.glob("*.md")}
    assert {path.name for path in (settings.GUIDE_DIR / "en").glob("*.md")} == names == {f"{name}.md" for name in SHELF}
    for name in names:
        assert outline(settings.GUIDE_DIR / "en" / name) == outline(settings.GUIDE_DIR / name), name


def test_no_passage_of_an_english_guide_is_left_in_chinese():
    for name in SHELF:
        for passage in read_guide(name, "en").passages:
            # a term of the field may stand in brackets, a word to be typed or found in a sheet as it is
            words = re.sub(r"<pre>.*?</pre>|<code>.*?</code>|<[^>]+>", " ", passage.html, flags=re.DOTALL)
            assert CHINESE.search(passage.title) is None, (name, passage.title)
            assert len(CHINESE.findall(words)) <= 0.05 * len(words), (name, passage.title)
            assert re.search(r"[。「」『』（）]", words) is None, (name, passage.title)


def test_a_guide_that_is_not_in_english_is_shown_in_chinese(tmp_path, settings):
    (tmp_path / "only-here.md").write_text("# 只有中文\n\n正文。\n\n## 第二段\n\n第二段正文。\n", encoding="utf-8")
    settings.GUIDE_DIR = tmp_path
    assert [one.title for one in read_guide("only-here", "en").passages] == ["只有中文", "第二段"]
    assert read_guide("nowhere", "en") is None


def test_who_chose_english_reads_english_guides(world, login):
    client = login(world.liuhaitao)
    client.cookies["django_language"] = "en"
    part = client.get("/opening/help/?page=/rectification/&part=1").content.decode()
    assert ('data-title="Rectification list"' in part, "somebody else verifies" in part) == (True, True)
    assert "<h1" in (page := client.get("/opening/help/?page=/rectification/").content.decode())
    assert ("Rectification list" in page, "整改清单" in page) == (True, False)
    shelf = client.get("/opening/guide/").content.decode()
    assert shelf.index("Station chiefs and Party group leaders") < shelf.index("Reviewer")
    book = client.get("/opening/guide/chief/").content.decode()
    assert "（" not in book
    assert "Next place by this alone" in book
    assert "四个前沿阵地" in book  # the phrasebook leaves a term in brackets as it stands
    assert "/opening/guide/pictures/station-phone.png" in book
    client.cookies["django_language"] = "zh-hans"
    assert "单靠它进一名" in client.get("/opening/guide/chief/").content.decode()


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
