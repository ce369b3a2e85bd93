"""The pages of 追标: gaps, the cheapest way, the sliders with and without a script, saving, printing."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ronghe.assessment.models import Chase
from tests.assessment import month
from tests.assessment.test_save_chase import save

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def seen(shown):
    """A year before, a station had 1.04 of its oil target: that far the range goes."""
    month.report(shown, "2025-11", {"注采二站": {"oil": 1040}})
    month.report(shown, "2025-10", {"注采一站": {"oil": 970}})
    return shown


def come(client, world, login="liuhaitao"):
    client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def unit_url(world, name="chase-unit", unit="注采一站"):
    return reverse(f"assessment:{name}", args=[world.unit[unit].pk])


def test_gaps_to_everything(seen, client):
    page = come(client, seen).get(unit_url(seen)).context["page"]
    oil = next(line for line in page.lines if line.code == "oil")
    assert (oil.to_target, oil.to_leader, oil.leader, oil.last_year, oil.last_year_step) == (
        "+50 t",
        "低 13.75",
        "注采二站",
        "970 t",
        "−20 t",
    )
    assert (oil.best, oil.best_month, oil.low, oil.high) == ("1040 t", "2025年11月", "900", "1040")


def test_cheapest_way_to_the_next_place(seen, client):
    context = come(client, seen).get(unit_url(seen, "chase-plan"), **HTMX).context
    plan = context["plan"]
    assert (plan["state"], plan["goal"], plan["place"], plan["total"]) == ("reached", "第 1 名", 1, "89.53")
    assert [(step["name"], step["after"]) for step in plan["steps"]] == [("原油产量", "981 t")]


def test_other_goals(seen, client):
    come(client, seen)
    for goal in ({"goal": "total", "total": "85"}, {"goal": "place", "place": "1"}):
        assert client.get(unit_url(seen), goal).context["plan"]["state"] == "reached"
    assert client.get(unit_url(seen), {"goal": "total", "total": "101"}).context["plan"]["state"] == "out_of_reach"


def test_wrong_goal_says_so(seen, client):
    come(client, seen)
    for goal in ({"goal": "total"}, {"goal": "total", "total": "很高"}, {"goal": "place"}, {"goal": "place", "place": "9"}):
        answer = client.get(unit_url(seen), goal)
        assert (answer.status_code, bool(answer.context["goal"].errors)) == (422, True)


def test_sliders_give_the_kernels_numbers(seen, client):
    """The same with and without a script."""
    come(client, seen)
    for name, how in (("chase-try", HTMX), ("chase-unit", {})):
        tried = client.get(unit_url(seen, name), {"v-oil": "1000", "v-petition": "0"}, **how).context["tried"]
        assert (tried.total, tried.place, tried.light) == ("96.25", "1", "green")
        assert [line["mark_after"] for line in tried.lines] == ["55.00", "15.00"]


def test_without_script_the_fragments_lead_to_the_page(seen, client):
    answer = come(client, seen).get(unit_url(seen, "chase-try"), {"v-oil": "1000"})
    assert (answer.status_code, answer.url) == (302, unit_url(seen) + "?v-oil=1000#try")


def test_wrong_figure_is_told_at_the_field_and_kept(seen, client):
    come(client, seen)
    for typed in ("多", "1e99", "0.0000001"):
        answer = client.get(unit_url(seen), {"v-oil": typed, "v-org_life": "95"})
        rows = {row["name"]: row for row in answer.context["figures"]["losing"] + answer.context["figures"]["full"]}
        assert answer.status_code == 422
        assert (rows["v-oil"]["value"], rows["v-org_life"]["value"], bool(rows["v-oil"]["errors"])) == (typed, "95", True)


def test_saving_from_the_sliders(seen, client):
    come(client, seen)
    values = {"v-oil": "1000", "v-org_life": "90"}
    form = client.get(unit_url(seen, "chase-new"), values).context["form"]
    given = {
        **values,
        "month": form.fields["month"].choices[0][0],
        "aim": "place",
        "note": "盯井",
        "once": form["once"].value(),
        "seen": "",
    }
    answer = client.post(unit_url(seen, "chase-new"), given)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["owner-oil"])
    given["owner-oil"] = seen.liuhaitao.pk
    answer = client.post(unit_url(seen, "chase-new"), given)
    chase = Chase.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/assessment/chase/plans/{chase.pk}/")
    assert (chase.note, chase.steps.get().wanted) == ("盯井", Decimal(1000))
    assert client.post(unit_url(seen, "chase-new"), given).url == answer.url
    assert Chase.objects.count() == 1


def test_nothing_moved_is_nothing_to_save(seen, client):
    answer = come(client, seen).get(unit_url(seen, "chase-new"), {"v-oil": "950"})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, unit_url(seen))


def test_who_may_come_to_save(seen, client):
    for login, status in (("liuhaitao", 200), ("lijianguo", 200), ("sunlihua", 403), ("wutong", 403), ("fengtao", 404)):
        assert come(client, seen, login).get(unit_url(seen, "chase-new"), {"v-oil": "1000"}).status_code == status


def test_saving_is_offered_to_who_may(seen, client):
    for login, offered in (("liuhaitao", True), ("sunlihua", False), ("wutong", False), ("gaoming", False)):
        answer = come(client, seen, login).get(unit_url(seen))
        assert (answer.status_code, "保存为追标方案" in answer.content.decode()) == (200, offered)


def test_plan_page_paper_list_and_search(seen, client):
    chase = save(seen)
    come(client, seen, "wutong")
    assert "完成率 100.00%" in client.get(reverse("assessment:chase", args=[chase.pk])).content.decode()
    assert "追标方案" in client.get(reverse("assessment:chase-print", args=[chase.pk])).content.decode()
    page = client.get(reverse("assessment:chases"), {"state": "active"}).context
    assert [(line.unit, line.aim) for line in page["chases"]] == [("注采一站", "第 1 名或更好")]
    assert [line.name for line in page["own"]] == ["注采一站"]
    assert chase.number in client.get("/search/", {"q": "追标"}).content.decode()
    come(client, seen, "gaoming")
    assert client.get(reverse("assessment:chase", args=[chase.pk])).status_code == 403


def test_dropping_from_the_page(seen, client):
    chase = save(seen)
    client = come(client, seen)
    client.post(reverse("assessment:chase-drop", args=[chase.pk]), {"reason": "停井", "version": chase.version})
    assert Chase.objects.get().state == "dropped"


def test_queries_do_not_grow(seen, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    come(client, seen)
    client.get(reverse("assessment:chases"))
    counts = []
    for until in ("2026-11", "2026-12", "2027-01"):
        save(seen, until=until)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assessment:chases"))
        counts.append(len(queries))
    assert counts[0] == counts[2]
    with CaptureQueriesContext(connection) as queries:
        client.get(unit_url(seen))
    before = len(queries)
    month.report(seen, "2026-08", month.ACTUALS)
    with CaptureQueriesContext(connection) as queries:
        client.get(unit_url(seen))
    assert len(queries) == before
