"""A way of looking at a list is kept, shared, opened with; it never shows its reader more; columns are left out on the page and in the sheet."""

import re
from io import BytesIO
from urllib.parse import urlencode

import pytest
import python_calamine as calamine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.common import registry
from ronghe.common.actions import Refused
from ronghe.lists import actions
from ronghe.lists.models import SavedView
from ronghe.lists.rules import LONGEST, clean_query, write_classes
from tests.tracing.cases import open_item

LIST = "/rectification/"


def user(person):
    return User.objects.get(pk=person.user_id)


def save(world, name="我的红灯", by="王海涛", page="rectification:list", query="light=r&state=", **extra):
    return actions.save_view(page=page, name=name, query=query, by=user(world.person[by]), **extra)


@given(st.text(max_size=300), st.lists(st.tuples(st.text(max_size=10), st.text(max_size=30)), max_size=30))
def test_what_is_kept_of_an_address_is_short_and_stable(text, pairs):
    for given_text in (text, urlencode(pairs)):
        kept = clean_query(given_text)
        assert len(kept) <= LONGEST
        assert clean_query(kept) == kept
        assert not re.search(r"(^|&)(page|view|once|csrfmiddlewaretoken)=", kept)


def test_classes_count_from_either_end():
    places = [("light", -6), ("holder", 3), ("due", -2)]
    assert write_classes(places, ["due", "holder"]) == "hide-c3 hide-e2"
    assert write_classes(places, []) == ""


def test_saved_opened_shared_and_forgotten(world, login):
    open_item(world)
    client = login(world.wanghaitao)
    page = client.get(f"{LIST}?light=g&page=1").content.decode()
    assert "/lists/new/?page=rectification%3Alist&amp;query=light%3Dg" in page
    assert client.post("/lists/new/", {"page": "rectification:list", "query": "light=g", "name": " ", "once": "v-0"}).status_code == 422
    form = {
        "page": "rectification:list",
        "query": "light=g&page=2",
        "name": "晨会看的",
        "shared_with": world.area.pk,
        "is_default": "on",
        "once": "v-1",
    }
    row_page = client.post("/lists/new/", form)
    row = SavedView.objects.get()
    assert row_page.headers["Location"] == f"{LIST}?light=g&view={row.pk}"
    assert client.get(LIST).headers["Location"] == f"{LIST}?light=g&view={row.pk}"  # it opens with it
    assert client.get(f"{LIST}?view=0").status_code == 200
    shown = client.get(f"{LIST}?light=g&view={row.pk}").content.decode()
    assert re.search(rf'href="\?light=g&amp;view={row.pk}"\s+aria-current="page"', shown)
    assert Entry.objects.get(verb="共享列表视图").object_name == "晨会看的"
    other = login(world.liuhaitao)  # shared with the area: a chip, no default of hers
    assert "晨会看的" in other.get(LIST).content.decode()
    assert other.get(f"/lists/{row.pk}/").status_code == 404
    assert other.post(f"/lists/{row.pk}/remove/").status_code == 404
    assert "晨会看的" not in login(world.handong).get(LIST).content.decode()
    client = login(world.wanghaitao)
    changed = {"name": "周会看的", "version": row.version, "once": "v-2"}
    assert client.post(f"/lists/{row.pk}/", {**changed, "version": 0}).status_code == 422
    assert client.post(f"/lists/{row.pk}/", changed).status_code == 302
    row = SavedView.objects.get()
    assert (row.name, row.shared_with, row.is_default) == ("周会看的", None, False)
    assert "周会看的" not in login(world.liuhaitao).get(LIST).content.decode()
    client = login(world.wanghaitao)
    assert "周会看的" in client.get("/lists/").content.decode()
    client.post(f"/lists/{row.pk}/remove/", {"once": "v-3"})
    assert SavedView.objects.count() == 0


def test_a_shared_view_shows_nobody_more(world, login):
    open_item(world, "法兰渗漏")
    row = save(world, query=f"owner={world.liuhaitao.pk}&state=all", shared_with=world.area)
    assert "法兰渗漏" in login(world.wanghaitao).get(f"{LIST}?{row.query}&view={row.pk}").content.decode()
    assert "法兰渗漏" not in login(world.sunlihua).get(f"{LIST}?{row.query}&view={row.pk}").content.decode()


def test_who_may_and_what_is_wrong(world):
    first = save(world, is_default=True)
    with pytest.raises(ValidationError, match="同名"):
        save(world)
    second = save(world, "又一个", is_default=True)
    assert list(SavedView.objects.filter(is_default=True)) == [second]
    with pytest.raises(ValidationError, match="自己的单位"):
        save(world, "外面", shared_with=world.other)
    with pytest.raises(ValidationError, match="自己的单位"):
        save(world, "别站", by="刘海涛", shared_with=world.unit["注采二站"])
    with pytest.raises(Refused):
        save(world, page="rectification:item")
    with pytest.raises(PermissionDenied):
        actions.change_view(first, name="x", by=user(world.liuhaitao), shared_with=None, is_default=False)
    with pytest.raises(PermissionDenied):
        actions.remove_view(first, by=user(world.liuhaitao))


def test_columns_are_left_out_on_the_page_and_in_the_sheet(world, login):
    open_item(world)
    client = login(world.wanghaitao)
    answer = client.post(
        "/lists/columns/", {"page": "rectification:list", "query": "light=", "column": ["light", "state", "due"], "once": "c-1"}
    )
    assert answer.headers["Location"] == f"{LIST}?view=0"
    page = client.get(LIST).content.decode()
    assert re.search(r'class="table to-cards hide-e4 hide-e3 hide-e1\s*"', page)
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(f"{LIST}export/").streaming_content)))
    assert book.sheet_names == ["整改清单(选列)"]
    heads = next(row for row in book.get_sheet_by_index(0).to_python() if "编号" in row)
    assert not {"现由", "责任人", "来源"} & set(heads)
    assert {"标题", "整改期限", "验证人"} <= set(heads)
    view = save(world, "全列", shown=[column.key for column in registry.lists.get("rectification:list").columns])
    assert "hide-e4" not in client.get(f"{LIST}?view={view.pk}").content.decode()
    assert "hide-e4" in client.get(f"{LIST}?view=0").content.decode()
    assert "hide-e4" not in login(world.liuhaitao).get(LIST).content.decode()  # a choice is one's own


def test_the_columns_are_those_of_the_page(world, login):
    """The names in the registry stand at their places in the head of the table, for readers with and without boxes to tick."""
    open_item(world)
    seen = 0
    for name, listed in registry.lists.items():
        assert reverse(name)
        for person in (world.lijianguo, world.liuhaitao):
            page = login(person).get(f"{reverse(name)}?view=0").content.decode()
            head = re.search(r"<thead>(.*?)</thead>", page, re.S)
            if not listed.columns or head is None:
                continue
            heads = [re.sub(r"<[^>]*>", "", one).strip() for one in re.findall(r"<th.*?</th>", head[1], re.S)]
            for column in listed.columns:
                place = column.place - 1 if column.place > 0 else column.place
                assert heads[place] == str(column.label), (name, column.key)
                seen += 1
    assert seen > 15
