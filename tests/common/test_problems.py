"""Who is refused, or finds nothing, is told so plainly, and no menu is counted for it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def read_refusal(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path)
    return answer.status_code, answer.content.decode(), [query["sql"] for query in queries if "notices_" in query["sql"]]


def test_refused_page(world, login):
    status, page, menu = read_refusal(login(world.handong), reverse("operations:status"))
    assert (status, "没有权限看这一页" in page, menu) == (403, True, [])


def test_missing_page(world, login):
    status, page, menu = read_refusal(login(world.handong), "/figures/batches/999999/")
    assert (status, "没有找到这一页" in page, menu) == (404, True, [])
