"""On a phone: installable, a page for where there is no signal, and a shared photo that becomes proof of what one chose."""

from io import BytesIO

import pytest

from ronghe.documents.models import Document
from ronghe.rectification.models import Proof
from ronghe.worklist.models import Task
from tests.rectification.cases import PNG, finish_all, fresh, open_one, plan_one
from tests.stationing import cases as stationed
from tests.worklist.cases import adopt, task_of


def photo(name="现场.png", data=PNG):
    file = BytesIO(data)
    file.name = name
    return file


def list_places(client):
    return [key for key, _place in client.get("/share/").context["form"].places]


def test_what_a_phone_installs(client, world):
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["name"], told["start_url"], told["scope"], told["display"]) == ("融合", "/", "/", "standalone")
    assert [(icon["sizes"], icon["type"], icon["purpose"]) for icon in told["icons"]] == [
        ("192x192", "image/png", "any"), ("512x512", "image/png", "any"), ("512x512", "image/png", "maskable"), ("any", "image/svg+xml", "any"),
    ]  # fmt: skip
    assert told["share_target"] == {
        "action": "/share/", "method": "POST", "enctype": "multipart/form-data",
        "params": {"title": "title", "text": "text", "files": [{"name": "photo", "accept": ["image/jpeg", "image/png", "image/webp"]}]},
    }  # fmt: skip
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert 'const SHARE = "/share/"' in worker.content.decode()
    assert "现在没有信号" in client.get("/offline/").content.decode()


def test_a_browser_fetches_them_before_the_first_password_is_changed(world, login):
    world.liuhaitao.user.must_change_password = True
    world.liuhaitao.user.save()
    client = login(world.liuhaitao)
    assert [client.get(path).status_code for path in ("/sw.js", "/manifest.webmanifest", "/offline/", "/share/")] == [200, 200, 200, 302]


def test_both_other_workers_know_the_offline_page(world, login):
    for person, path in ((world.lijianguo, "/stationing/sw.js"), (world.liuhaitao, "/appraisal/checks/sw.js")):
        assert 'const OFFLINE = "/offline/"' in login(person).get(path).content.decode()


def test_a_photo_posted_past_the_worker_is_asked_for_again_and_nothing_is_kept(world, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.liuhaitao.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = strict.post("/share/", {"photo": photo()})
    assert (answer.status_code, "照片没有接到" in answer.content.decode()) == (200, True)
    assert strict.post("/share/attach/", {"photo": photo(), "place": "x"}).status_code == 403
    assert not Document.objects.exists()


def test_a_photo_on_an_item_along_the_way_and_as_its_proof(world, login):
    item = plan_one(world)
    client = login(world.liuhaitao)
    assert list_places(client) == [f"rectification:item-{item.pk}"]
    answer = client.post(
        "/share/attach/", {"photo": photo(), "place": f"rectification:item-{item.pk}", "line": "井场东侧", "once": "a" * 32}
    )
    assert (answer.status_code, answer.url) == (302, f"/rectification/{item.pk}/")
    assert [(row.purpose, row.object_id) for row in Document.objects.all()] == [("现场照片", item.pk)]
    assert "现场.png" in client.get(answer.url).content.decode()
    client.post("/share/attach/", {"photo": photo(), "place": f"rectification:item-{item.pk}", "once": "a" * 32})  # the phone sent it twice
    assert Document.objects.count() == 1
    finish_all(item)
    assert list_places(client) == [f"rectification:proof-{item.pk}", f"rectification:item-{item.pk}"]
    answer = client.post("/share/attach/", {"photo": photo(), "place": f"rectification:proof-{item.pk}"})
    assert (answer.status_code, "请写明整改情况" in answer.content.decode()) == (422, True)
    client.post("/share/attach/", {"photo": photo(), "place": f"rectification:proof-{item.pk}", "line": "已检泵"})
    assert (Proof.objects.get().text, fresh(item).state) == ("已检泵", "proving")


def test_a_photo_finishes_a_task(world, login):
    adopt(world)
    task = task_of(world, world.liuhaitao)
    client = login(world.liuhaitao)
    assert f"worklist:{task.pk}" in list_places(client)
    client.post("/share/attach/", {"photo": photo(), "place": f"worklist:{task.pk}", "line": "已检查"})
    assert Task.objects.get(pk=task.pk).state == "done"
    assert Document.objects.get().purpose == "佐证"


def test_a_photo_of_what_a_visit_brought_home(world, login):
    point = stationed.find(world)
    client = login(world.wanghaitao)
    client.post("/share/attach/", {"photo": photo(), "place": f"stationing:{point.pk}"})
    assert (Document.objects.get().purpose, Document.objects.get().object_id) == ("现场照片", point.pk)
    assert "现场.png" in client.get(f"/stationing/points/{point.pk}/").content.decode()


@pytest.mark.parametrize("name", ["wutong", "handong", "sunlihua"])
def test_what_is_not_ones_own_is_no_choice(world, login, name):
    item = open_one(world)
    client = login(getattr(world, name))
    assert list_places(client) == []
    for key in (f"rectification:item-{item.pk}", "rectification:item-x", "nothing:1", ""):
        assert client.post("/share/attach/", {"photo": photo(), "place": key}).status_code == 422
    assert not Document.objects.exists()


def test_what_is_no_photo_is_refused_at_its_field(world, login):
    item = plan_one(world)
    client = login(world.liuhaitao)
    answer = client.post("/share/attach/", {"photo": photo("说明.txt", "文字".encode()), "place": f"rectification:item-{item.pk}"})
    assert (answer.status_code, "请选一张照片" in answer.content.decode()) == (422, True)
    assert not Document.objects.exists()
