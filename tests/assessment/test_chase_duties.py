"""A leader's 追标 begins with the indicators of the matters that the leader answers for (分工), in every unit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronghe.assessment.models import Run
from ronghe.assessment.queries.chase_duties import list_answered
from ronghe.duties.models import Holding, Matter, MatterText
from tests.duties.cases import adopt, matter, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared_out(shown):
    """The paper's arrangement: 田野 answers for 生产运行, which is measured by the oil's output."""
    shown.seat = adopt(shown)["deputy_production"]
    shown.held = matter(shown, "生产运行")
    return shown


def come(client, world, login):
    client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_whoever_answers_for_the_matter_sees_its_indicator_in_every_unit(shared_out, client):
    (one,) = come(client, shared_out, "tianye").get(reverse("assessment:chases")).context["answered"]

    assert (one.code, one.name, [held.name for held in one.matters]) == ("oil", "原油产量", ["生产运行"])
    assert [(line.unit, line.actual, line.lost, line.to_leader) for line in one.lines] == [
        ("注采三站", "900 t", "27.50", "低 27.50"),
        ("注采一站", "950 t", "13.75", "低 13.75"),
    ]
    assert (one.behind, one.lost) == (2, "41.25")


def test_who_holds_nothing_with_an_indicator_sees_the_units_only(shared_out, client):
    for login in ("liuhaitao", "hejing"):
        context = come(client, shared_out, login).get(reverse("assessment:chases")).context
        assert context["answered"] == []
        assert len(context["lines"]) == 5


def test_helping_is_not_answering(shared_out):
    run = Run.objects.get(pk=shared_out.run.pk)
    Holding.objects.filter(matter=shared_out.held).update(kind="assist")

    assert list_answered(run, user(shared_out.person["田野"])) == []


def test_as_many_queries_for_three_indicators_as_for_one(shared_out):
    run, counts = Run.objects.select_related("scheme").get(pk=shared_out.run.pk), []
    for codes in (["oil"], ["oil", "petition", "org_life"]):
        for number, code in enumerate(codes):
            held = list(Matter.objects.filter(holdings__post=shared_out.seat, holdings__valid_to=None).order_by("pk").distinct())[number]
            MatterText.objects.filter(matter=held, valid_to=None).update(indicator=code)
        with CaptureQueriesContext(connection) as asked:
            found = list_answered(run, user(shared_out.person["田野"]))
        counts.append((len(found), len(asked)))

    assert [length for length, _count in counts] == [1, 3]
    assert counts[0][1] == counts[1][1] <= 7
