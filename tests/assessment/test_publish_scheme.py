"""赵敏 writes a scheme version, 李建国 puts it in force; each period keeps the version that applied."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django_fsm import TransitionNotAllowed

from ronghe.assessment import actions
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.queries.schemes import describe_scheme, find_scheme
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.assessment import month


def version(number):
    return month.SCHEME.replace("version = 1", f"version = {number}")


def test_draft_is_not_in_force(world):
    scheme = actions.adopt_scheme(world.area, month.SCHEME, by=world.zhaomin.user)
    assert (scheme.state, scheme.number, scheme.code) == ("draft", 1, "group-station")
    assert find_scheme(world.area.pk, "2026-10") is None
    assert {task.owner.name for task in Task.objects.from_origin(scheme)} == {"李建国", "王海涛", "陈晓燕"}


def test_second_person_publishes(world):
    scheme = actions.adopt_scheme(world.area, month.SCHEME, by=world.lijianguo.user)
    with pytest.raises(PermissionDenied):
        actions.publish_scheme(scheme, by=world.lijianguo.user, valid_from="2026-01")
    published = actions.publish_scheme(scheme, by=world.wanghaitao.user, valid_from="2026-01")
    assert (published.state, published.approved_by) == ("published", world.wanghaitao.user)
    assert find_scheme(world.area.pk, "2026-10") == scheme
    assert find_scheme(world.area.pk, "2025-12") is None
    assert not Task.objects.from_origin(scheme).open().exists()
    assert Notice.objects.filter(person=world.liuhaitao, title__startswith="考核方案发布").count() == 1


def test_each_period_keeps_its_version(world):
    first = month.adopt(world, valid_from="2026-01")
    second = month.adopt(world, version(2), valid_from="2026-07")
    assert find_scheme(world.area.pk, "2026-06") == first
    assert find_scheme(world.area.pk, "2026-07") == second
    assert SchemeVersion.objects.get(pk=first.pk).valid_to == "2026-06"


def test_version_from_the_same_month_retires_the_former(world):
    first = month.adopt(world, valid_from="2026-01")
    month.adopt(world, version(2), valid_from="2026-01")
    assert SchemeVersion.objects.get(pk=first.pk).state == "retired"


def test_number_is_used_once(world):
    month.adopt(world)
    with pytest.raises(ValidationError, match="version 改为 2"):
        actions.adopt_scheme(world.area, month.SCHEME, by=world.zhaomin.user)


def test_number_of_a_dropped_draft_is_free(world):
    draft = actions.adopt_scheme(world.area, month.SCHEME, by=world.zhaomin.user)
    actions.drop_scheme(draft, by=world.zhaomin.user)
    assert actions.adopt_scheme(world.area, month.SCHEME, by=world.zhaomin.user).number == 1


def test_published_version_stands(world):
    scheme = month.adopt(world)
    with pytest.raises(TransitionNotAllowed):
        actions.publish_scheme(scheme, by=world.wanghaitao.user, valid_from="2026-03")
    with pytest.raises(ValidationError):
        actions.drop_scheme(scheme, by=world.wanghaitao.user)


def test_problems_are_those_of_the_command(world):
    text = month.SCHEME.replace("points = [[60, 0], [100, 1]]", "points = [[100, 0], [60, 1]]").replace("full = 55", "full = -1")
    with pytest.raises(ValidationError) as caught:
        actions.adopt_scheme(world.area, text, by=world.zhaomin.user)
    lines = caught.value.messages
    assert any(line.startswith("scheme.toml:indicator org_life:points:") for line in lines)
    assert any(line.startswith("scheme.toml:indicator oil:full:") for line in lines)


@pytest.mark.parametrize("name", ["刘海涛", "钱进", "吴桐", "高明", "许诺", "系统管理员"])
def test_others_may_not_write(world, name):
    with pytest.raises(PermissionDenied):
        actions.adopt_scheme(world.area, month.SCHEME, by=world.person[name].user)


def test_draft_is_seen_by_those_who_prepare(world):
    actions.adopt_scheme(world.area, month.SCHEME, by=world.zhaomin.user)
    seen = {name for name, person in world.person.items() if SchemeVersion.objects.visible_to(person.user).exists()}
    assert seen == {"李建国", "王海涛", "陈晓燕", "周卫东", "赵敏", "钱进", "郑爽"}


def test_page_says_each_method_in_words(world, login):
    scheme = month.adopt(world)
    text = describe_scheme(scheme, {"production": "采油站"})
    lines = {line.name: line for block in text["blocks"] for line in block.lines}
    assert lines["原油产量"].method == "按完成率(实际÷目标)在各点之间直线计分:80% 得 0%,100% 得 100%;两端以外取端点"
    assert lines["集体访越级访起数"].method == "起算 15 分,每发生一起减 1.5 分;最低 0 分,最高 15 分"
    assert (lines["原油产量"].tracks, lines["原油产量"].missing) == ("采油站", "缺报不排名")
    assert text["vetoes"][0]["rule"] == "达到 1 起,总分记 0"
    page = login(world.liuhaitao).get(f"/assessment/schemes/{scheme.pk}/")
    assert page.status_code == 200
    assert "每发生一起减 1.5 分" in page.content.decode()


def test_uploaded_and_published_in_the_browser(world, login):
    client = login(world.zhaomin)
    refused = client.post("/assessment/schemes/new/", {"text": "[scheme]\ncode = 1", "once": "a"})
    assert refused.status_code == 422
    assert "scheme.toml:scheme:name" in refused.content.decode()
    assert "code = 1" in refused.content.decode()
    done = client.post("/assessment/schemes/new/", {"text": month.SCHEME, "once": "b"})
    scheme = SchemeVersion.objects.get()
    assert (done.status_code, done.url) == (302, f"/assessment/schemes/{scheme.pk}/")
    client.post("/assessment/schemes/new/", {"text": month.SCHEME, "once": "b"})
    assert SchemeVersion.objects.count() == 1
    client = login(world.lijianguo)
    form = {"valid_from": "2026-01", "version": scheme.version, "once": "c"}
    assert client.post(f"/assessment/schemes/{scheme.pk}/publish/", form).status_code == 302
    assert SchemeVersion.objects.get().state == "published"


def test_other_area_finds_nothing(world, login):
    scheme = month.adopt(world)
    client = login(world.handong)
    for path in ("", "scheme.toml"):
        assert client.get(f"/assessment/schemes/{scheme.pk}/{path}").status_code == 404
    assert client.post(f"/assessment/schemes/{scheme.pk}/drop/").status_code == 404
