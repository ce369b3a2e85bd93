"""The first scheme of an area comes from the 制度包; later ones start from what applies."""

from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.queries.schemes import read_pack_scheme


def test_first_draft_is_the_packs(world, login):
    client = login(world.zhaomin)
    text = client.get("/assessment/schemes/new/").context["form"].initial["text"]
    assert text == read_pack_scheme()
    assert client.post("/assessment/schemes/new/", {"text": text}).status_code == 302
    row = SchemeVersion.objects.get()
    assert (row.area, row.code, row.number, row.state) == (world.area, "group-station", 1, "draft")


def test_what_was_typed_is_kept_where_it_is_wrong(world, login):
    answer = login(world.zhaomin).post("/assessment/schemes/new/", {"text": '[scheme]\ncode = "mine"\n'})
    assert (answer.status_code, "mine" in answer.content.decode(), SchemeVersion.objects.count()) == (422, True, 0)
