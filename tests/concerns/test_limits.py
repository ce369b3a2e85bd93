"""The limits: no field, search or export about what a person thinks exists anywhere in the product."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

import ronghe
from ronghe.common import registry
from ronghe.concerns.models import Concern, Promise, Reading, Talk
from tests.concerns import cases
from tests.test_every_url import EVERY

SOURCES = Path(ronghe.__file__).parent
# what a profile of somebody's thinking would be called, in either language
THINKING = re.compile(
    r"thought|ideolog|mood|sentiment|attitude|emotion|loyal|belief|opinion_of|mindset|思想状况|思想表现|思想评|情绪|态度分|政治倾向|信仰|思想动态",
    re.IGNORECASE,
)
# all that the four tables hold; who adds a column has to come past here
FIELDS = {
    Concern: {
        "id", "area", "topic", "way", "text", "raised_by", "code", "raised_on", "holder", "due", "first_due", "state", "round", "answer",
        "answered_by", "answered_on", "reply", "settled", "ended_on", "emptied_on", "version",
    },
    Reading: {"id", "concern", "reader", "at"},
    Talk: {"id", "area", "host", "other", "day", "state", "version", "created_at", "updated_at"},
    Promise: {"id", "area", "owner", "concern", "talk", "text", "due", "done_on", "result", "version", "created_at", "updated_at"},
}  # fmt: skip


def test_no_field_of_any_table_is_about_what_somebody_thinks():
    named = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if THINKING.search(field.name) or THINKING.search(str(field.verbose_name))
    ]
    assert named == []
    assert {model: {field.name for field in model._meta.concrete_fields} for model in FIELDS} == FIELDS


def test_a_talk_has_no_field_for_words():
    texts = {
        field.name
        for field in Talk._meta.concrete_fields
        if field.get_internal_type() in ("TextField", "CharField", "JSONField", "FileField")
    }
    assert texts == {"state"}


def test_no_person_carries_a_count_or_a_list_of_them():
    """No other context's code reads a concern: what is said leaves by no other door."""
    readers = set()
    for path in SOURCES.rglob("*.py"):
        names = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
        readers |= {path.relative_to(SOURCES).parts[0] for node in names if (node.module or "").startswith("ronghe.concerns")}
    # a visit hands one over; the demo makes some up
    assert readers == {"concerns", "stationing", "portal"}
    for name in ("searches", "facts", "matters", "gauges", "crops", "cures", "prefills", "panels"):
        assert registry.__dict__[name].get("concerns") is None


@pytest.mark.parametrize("words", ["凉菜", "热餐", "微波炉", "一件关切"])
def test_no_search_finds_it(world, words):
    cases.answer(world, named=True)
    for person in (world.lijianguo, world.wutong, world.zhengshuang, world.shenji):
        hits = [hit for search in registry.searches.values() for hit in search(cases.user(person), words, 20)]
        assert [hit for hit in hits if "关切" in hit.kind or words in hit.title] == []


def test_nothing_of_it_is_handed_out_as_a_file(world, client):
    known = cases.one_of_everything(world)
    client.force_login(cases.user(world.lijianguo), backend="allauth.account.auth_backends.AuthenticationBackend")
    for pattern, name, _view in EVERY:
        if name.startswith("concerns:"):
            starts = [start for start in known if name.startswith(start)]
            answer = client.get(reverse(name, kwargs=known[max(starts, key=len)] if "<" in pattern else None))
            assert "attachment" not in answer.headers.get("Content-Disposition", "")
            assert "export" not in name
            assert "print" not in name


def test_the_code_and_the_words_stay_out_of_the_address(world, login):
    client = login(world.wutong)
    form = {"topic": "life", "text": cases.WORDS, "way": "self", "named": "", "to": "", "code": cases.CODE}
    receipt = client.post("/concerns/new/", form)
    assert receipt.status_code == 200
    assert cases.CODE in receipt.content.decode()
    seen = client.post("/concerns/receipt/", {"code": cases.CODE.upper()})
    assert cases.WORDS in seen.content.decode()
    assert "还没有人打开看过" in seen.content.decode()
    concern = Concern.objects.get()
    assert client.get(f"/concerns/{concern.pk}/").status_code == 404  # its own raiser too: nothing says that it is
    answerer = login(world.lijianguo)
    assert cases.WORDS not in answerer.get(f"/concerns/{concern.pk}/").content.decode()
    opened = answerer.post(f"/concerns/{concern.pk}/open/", {"once": "open-1"}, follow=True)
    assert cases.WORDS in opened.content.decode()
    for path in ("/concerns/", "/concerns/report/", "/concerns/talks/", "/concerns/norm/", "/worklist/", "/"):
        assert cases.WORDS not in answerer.get(path).content.decode()
    answerer.post(f"/concerns/{concern.pk}/answer/", {"answer": "已安排", "version": concern.version, "once": "answer-1"}, follow=True)
    seen = login(world.wutong).post("/concerns/receipt/", {"code": cases.CODE})
    assert "已安排" in seen.content.decode()
    assert "李建国" in seen.content.decode()
