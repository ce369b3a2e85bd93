"""One chooses English in a browser: pages come in it; records, files and prints stay in the house's language."""

import re
from io import BytesIO

import pytest
import python_calamine as calamine
from django.core.exceptions import ValidationError

from ronghe.appraisal.forms import read_roles, read_side
from ronghe.audit.models import Entry
from ronghe.common.language import find_word
from ronghe.supervision.rules.works import read_fields_text
from ronghe.worklist.models import Task
from tests.rectification.cases import open_one
from tests.rectification.test_new_item import form_of


def choose(client, language, page="/"):
    return client.post("/accounts/language/", {"language": language, "next": page})


def read(client, path):
    return client.get(path).content.decode()


def test_page_is_in_the_language_chosen(world, login):
    client = login(world.lijianguo)
    assert '<html lang="zh-hans"' in client.get("/", headers={"accept-language": "en"}).content.decode()
    assert choose(client, "en", "/rectification/")["Location"] == "/rectification/"
    page = read(client, "/rectification/")
    assert ('<html lang="en"' in page, "Rectification" in page, "整改清单" in page, "李建国" in page) == (True, True, False, True)
    choose(client, "zh-hans")
    assert "整改清单" in read(client, "/rectification/")


def test_lines_of_the_menu_and_headings_of_their_pages_are_in_the_plural(world, login):
    client = login(world.lijianguo)
    choose(client, "en")
    page = read(client, "/meetings/")
    side = re.sub(r"<[^>]+>|\s+", " ", page[page.index('<nav id="side"') : page.index("</nav>", page.index('<nav id="side"'))])
    assert [word in side for word in ("Supervision", "Meetings", "Duty lists", "Concerns and answers", "监督")] == [True] * 4 + [False]
    assert re.search(r'<h1 class="page-title">\s*Meetings\s*</h1>', page)


def test_what_django_itself_says_is_in_the_language_chosen(world, login):
    client = login(world.anquan)
    assert "你的密码" in read(client, "/operations/security/")
    choose(client, "en")
    page = read(client, "/operations/security/")
    assert ("Your password" in page, "你的密码" in page) == (True, False)


def test_unknown_language_and_foreign_page_are_not_taken(world, login):
    client = login(world.lijianguo)
    assert choose(client, "xx", "https://elsewhere.example/")["Location"] == "/"
    assert '<html lang="zh-hans"' in read(client, "/")


def test_login_page_offers_the_other_language(client, db):
    assert "English" in read(client, "/accounts/login/")
    choose(client, "en", "/accounts/login/")
    page = read(client, "/accounts/login/")
    assert ("Sign in" in page, "中文" in page) == (True, True)


def test_what_an_english_reader_writes_down_and_takes_away_is_chinese(world, login):
    seen = {}
    for language in ("zh-hans", "en"):
        client = login(world.lijianguo)
        choose(client, language)
        client.post("/rectification/new/", form_of(world, once=language))
        entry, task = Entry.objects.order_by("-id").first(), Task.objects.order_by("-id").first()
        export = BytesIO(b"".join(client.get("/rectification/export/").streaming_content))
        heads = [row for row in calamine.CalamineWorkbook.from_filelike(export).get_sheet_by_index(0).to_python() if "责任单位" in row]
        item = open_one(world)
        seen[language] = (entry.verb, entry.label, task.title, heads, 'lang="zh-hans"' in read(client, f"/rectification/{item.pk}/print/"))
    assert seen["en"] == seen["zh-hans"]
    assert seen["en"][4]


def test_words_typed_as_the_english_page_shows_them_are_understood():
    assert read_roles("Party secretary, higher party committee、纪检小组") == ["secretary", "upper", "discipline"]
    assert (read_side("Party work"), read_side("党建"), read_side("business")) == ("party", "party", "business")
    lines = "Started on | Date | Required\n等级 | 选择 | 选填 | 甲、乙"
    assert read_fields_text(lines, find_word) == [["f1", "Started on", "date", True, []], ["f2", "等级", "choice", False, ["甲", "乙"]]]
    with pytest.raises(ValidationError):
        read_roles("Nobody")


def test_problem_at_a_field_reads_in_english_and_what_was_typed_stays(world, login):
    client = login(world.lijianguo)
    choose(client, "en")
    page = client.post("/rectification/new/", form_of(world, verifier=world.liuhaitao.pk)).content.decode()
    assert ("验证人不能是责任人本人" in page, "通道堆油管 12 根" in page) == (False, True)
