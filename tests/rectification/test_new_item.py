"""The form that opens an item: by hand, or prefilled from what it was found on."""

import pytest

from ronghe.common import registry
from ronghe.rectification.models import Item
from ronghe.rectification.queries import list_items_for
from tests.rectification.cases import close_one, day, open_one, user


def form_of(world, **values):
    return {
        "once": "k", "title": "油管乱放", "problem": "通道堆油管 12 根", "source": "stationing", "unit": world.unit["注采一站"].pk,
        "owner": world.liuhaitao.pk, "verifier": "", "due": day(10), "cause": "", "watch_days": "",
        "m-TOTAL_FORMS": 1, "m-INITIAL_FORMS": 0, "m-0-text": "", **values,
    }  # fmt: skip


def test_posted_once(world, login):
    client = login(world.lijianguo)
    answers = [client.post("/rectification/new/", form_of(world)) for _again in range(2)]
    item = Item.objects.get()
    assert [answer.url for answer in answers] == [f"/rectification/{item.pk}/"] * 2
    assert (item.title, item.source_name, item.verifier, item.watch_days) == ("油管乱放", "领导驻站带班", world.zhengshuang, 90)


def test_measures_of_the_form(world, login):
    login(world.lijianguo).post("/rectification/new/", form_of(world, **{"m-0-text": "清走", "m-0-due": day(3), "watch_days": 30}))
    item = Item.objects.get()
    assert (item.state, item.watch_days) == ("curing", 30)
    assert list(item.measures.values_list("text", "due")) == [("清走", day(3))]


def test_problems_keep_everything_typed(world, login):
    response = login(world.lijianguo).post("/rectification/new/", form_of(world, verifier=world.liuhaitao.pk))
    assert response.status_code == 422
    assert response.context["form"].errors == {"verifier": ["验证人不能是责任人本人。"]}
    assert "通道堆油管 12 根" in response.content.decode()


def test_form_says_no_secrets(world, login):
    assert "涉密不上网:" in login(world.lijianguo).get("/rectification/new/").content.decode()


def test_prefilled_from_the_address_with_the_chief_as_owner(world, login):
    unit = world.unit["注采二站"]
    path = f"/rectification/new/?source=gap&origin=org.unit:{unit.pk}&unit={unit.pk}&title=躺井率差 0.7&key=indicator:a"
    page = login(world.lijianguo).get(path)
    assert page.context["form"].initial == {"source": "gap", "unit": str(unit.pk), "title": "躺井率差 0.7", "owner": str(world.sunlihua.pk)}
    text = page.content.decode()
    assert f'value="org.unit:{unit.pk}"' in text
    assert f"/org/units/{unit.pk}/" in text


def test_origin_and_key_are_kept(world, login):
    unit = world.unit["注采一站"]
    login(world.lijianguo).post("/rectification/new/", form_of(world, origin=f"org.unit:{unit.pk}", key="a"))
    item = Item.objects.get()
    assert (item.key, item.occurrences.get().origin_name) == ("a", "注采一站")
    assert [line.url for line in list_items_for(user(world.lijianguo), unit)] == [f"/rectification/{item.pk}/"]


@pytest.mark.parametrize("origin", ["org.unit:99999", "org.nothing:1", "rubbish", "auth.permission:1", "org.unit:x"])
def test_origin_that_one_may_not_read_is_404(world, login, origin):
    assert login(world.lijianguo).get(f"/rectification/new/?origin={origin}").status_code == 404


def test_origin_of_another_area_is_404(world, login):
    assert login(world.lijianguo).get(f"/rectification/new/?origin=org.unit:{world.other.pk}").status_code == 404


def test_chief_is_offered_the_own_station_only(world, login):
    page = login(world.liuhaitao).get("/rectification/new/")
    assert [unit.name for unit in page.context["form"].fields["unit"].queryset] == ["注采一站"]
    answer = login(world.liuhaitao).post("/rectification/new/", form_of(world, unit=world.unit["注采二站"].pk))
    assert (answer.status_code, Item.objects.count()) == (422, 0)


def test_destination_leads_here_for_whoever_may(world):
    unit = world.unit["注采一站"]
    ways = registry.find_destinations(user(world.lijianguo), unit, source="gap", origin="org.unit:1", title="差 0.7")
    assert [(way.label, way.url) for way in ways if way.url.startswith("/rectification/")] == [
        ("转整改", f"/rectification/new/?unit={unit.pk}&source=gap&origin=org.unit%3A1&title=%E5%B7%AE+0.7")
    ]
    assert registry.find_destinations(user(world.hejing), unit) == []


def test_cures_show_the_way_to_who_may_read_and_the_state_to_the_others(world, django_assert_max_num_queries):
    one, two = world.unit["注采一站"], world.unit["注采二站"]
    closed, live = close_one(world, origin=one), open_one(world, origin=two, unit="注采二站", owner="孙丽华")
    user_of_one = user(world.liuhaitao)
    with django_assert_max_num_queries(6):  # three of 整改, one of 议事决策, two of the reader's standing
        cures = registry.find_cures(user_of_one, "org.unit", [one.pk, two.pk, 0])
    assert [(line.title, line.word, line.url, line.ended) for line in cures[one.pk]] == [
        (f"{closed.number} 躺井率连续两月超标", "已闭环", f"/rectification/{closed.pk}/", True)
    ]
    assert [(line.title, line.word, line.url, line.ended) for line in cures[two.pk]] == [(f"整改 {live.number}", "待制定方案", "", False)]


def test_link_of_an_item(world):
    item = open_one(world)
    assert registry.find_link("rectification.item", item.pk) == f"/rectification/{item.pk}/"
