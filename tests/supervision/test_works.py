"""A stage opens only by the checks before it, whoever asks; random people try random steps."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ronghe.common.calendar import today
from ronghe.portal.matters import collect_matters
from ronghe.supervision.actions import templates, works
from ronghe.supervision.holdings import hand_over, list_held
from ronghe.supervision.models.works import Work, WorkForm, WorkStop, WorkVersion
from ronghe.supervision.packs import read_pack
from ronghe.worklist.models import Task
from tests.supervision.cases import fresh, user
from tests.supervision.work_cases import FILES, TEMPLATE, draft, fill, finish, forms, pass_stage, start, version

pytestmark = pytest.mark.django_db
EVERYBODY = ["李建国", "王海涛", "陈晓燕", "周卫东", "刘海涛", "孙丽华", "何静", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬"]
LEADERS = ["李建国", "王海涛", "陈晓燕", "周卫东"]


def able(act):
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            act()
    except (PermissionDenied, ValidationError, TransitionNotAllowed):
        return False
    finally:
        transaction.savepoint_rollback(point)
    return True


def who(world, act):
    return [name for name in EVERYBODY if able(lambda n=name: act(user(world.person[n])))]


def test_through_its_stages(world):
    work = start(world)
    states = lambda: [form.state for form in forms(work)]  # noqa: E731
    assert states() == ["open", "waiting", "waiting", "waiting"]
    assert Task.objects.open().get(kind="工程表单").owner == world.liuhaitao
    work = pass_stage(work)
    assert (work.stage, states()) == (1, ["checked", "open", "open", "waiting"])
    first = forms(work, state="open")[0]
    fill(first)
    works.check_form(fresh(first), by=user(first.checker))
    assert (Work.objects.get().stage, states()) == (1, ["checked", "checked", "open", "waiting"])
    work = pass_stage(work)
    work = pass_stage(work)
    assert (work.state, work.ended_on, states()) == ("done", today(), ["checked"] * 4)
    assert not Task.objects.open().filter(kind__in=("工程表单", "表单核验")).exists()


def test_who_may_what(world):
    work = start(world)
    (form,) = forms(work, state="open")
    later = forms(work, state="waiting")
    people = {"r1": world.liuhaitao, "r2": world.hejing, "r3": world.zhengshuang}

    def new(by):
        given = {"unit": world.unit["注采一站"], "name": "另一个", "purpose": "x", "people": people, "starts_on": today()}
        return works.start_work(version(world), by=by, **given)

    assert who(world, new) == LEADERS
    assert who(world, lambda by: works.file_form(form, {"f1": "好"}, by=by)) == ["刘海涛"]
    assert [who(world, lambda by, f=one: works.file_form(f, {"f1": "好"}, files=FILES, by=by)) for one in later] == [[], [], []]
    assert who(world, lambda by: works.check_form(form, by=by)) == []
    fill(form)
    assert who(world, lambda by: works.check_form(fresh(form), by=by)) == ["郑爽"]
    assert who(world, lambda by: works.return_form(fresh(form), note="缺项", by=by)) == ["郑爽"]
    assert who(world, lambda by: works.move_form(later[0], due=today() + timedelta(days=90), reason="等料", by=by)) == LEADERS
    assert who(world, lambda by: works.stop_work(work, ground="无证施工", by=by)) == [*LEADERS, "郑爽"]
    works.stop_work(work, ground="无证施工", by=user(world.zhengshuang))
    assert who(world, lambda by: works.check_form(fresh(form), by=by)) == []
    assert who(world, lambda by: works.lift_stop(work, cure="已补证", by=by)) == LEADERS
    works.lift_stop(work, cure="已补证", by=user(world.wanghaitao))
    assert WorkStop.objects.get().lifted_by == world.wanghaitao


def test_incomplete_or_unproved_is_not_filed(world):
    work = start(world)
    (form,) = forms(work, state="open")
    with pytest.raises(ValidationError, match="必填"):
        works.file_form(form, {"f2": "只有说明"}, by=user(world.liuhaitao))
    works.save_form(form, {"f2": "只有说明"}, number=0, by=user(world.liuhaitao))
    assert fresh(form).draft == {"f2": "只有说明"}
    work = pass_stage(work)
    proved = forms(work, name="签认表")[0]
    with pytest.raises(ValidationError, match="佐证"):
        works.file_form(proved, {"f1": "好"}, by=user(world.hejing))


def test_one_person_never_fills_in_and_checks(world):
    people = {"r1": world.liuhaitao, "r2": world.hejing, "r3": world.liuhaitao}
    with pytest.raises(ValidationError, match="同一个人"):
        works.start_work(
            version(world), unit=world.unit["注采一站"], name="x", purpose="x", people=people, starts_on=today(), by=user(world.lijianguo)
        )
    work = start(world)
    (form,) = forms(work, state="open")
    (held,) = [one for one in list_held(world.zhengshuang.pk) if one.what == "表单核验" and "论证" in one.title]
    assert "不能" in hand_over(held.key, world.zhengshuang, world.liuhaitao, user(world.lijianguo), "休假")
    assert hand_over(held.key, world.zhengshuang, world.sunlihua, user(world.lijianguo), "休假") == ""
    assert fresh(form).checker == world.sunlihua


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["file", "check", "return", "stop", "lift", "right"]), st.integers(0, 3), st.sampled_from(EVERYBODY)
    ),
    min_size=5, max_size=25,
)  # fmt: skip


@seed(20261127)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_stage_is_reached_past_an_unchecked_form(world, steps):
    point = transaction.savepoint()
    work = start(world)
    all_forms = forms(work)
    for step, place, name in steps:
        form = all_forms[place]
        right = name if step != "right" else form.filler.name
        by = user(world.person[right])
        act = {
            "file": lambda f=form, b=by: works.file_form(f, {"f1": "好"}, files=FILES, by=b),
            "right": lambda f=form, b=by: (works.file_form(f, {"f1": "好"}, files=FILES, by=b), works.check_form(f, by=user(f.checker))),
            "check": lambda f=form, b=by: works.check_form(f, by=b),
            "return": lambda f=form, b=by: works.return_form(f, note="缺", by=b),
            "stop": lambda b=by: works.stop_work(work, ground="停", by=b),
            "lift": lambda b=by: works.lift_stop(work, cure="好了", by=b),
        }[step]
        try:
            with transaction.atomic():
                act()
        except (PermissionDenied, ValidationError, TransitionNotAllowed):
            pass
        now = Work.objects.get(pk=work.pk)
        for row in WorkForm.objects.filter(work=work):
            assert row.state in ("checked", "waiting") or row.stage == now.stage
            assert (row.state == "checked") == (row.checked_by_id is not None and row.checked_by_id != row.filed_by_id)
            assert row.stage >= now.stage or row.state == "checked"
            assert row.stage <= now.stage or row.state == "waiting"
    transaction.savepoint_rollback(point)


def test_a_type_is_put_in_force_by_another(world):
    row = draft(world)
    writers = ["李建国", "王海涛", "陈晓燕", "周卫东"]
    assert who(world, lambda by: templates.save_template(row, TEMPLATE, what="x", by=by)) == writers
    assert who(world, lambda by: templates.publish_version(row, by=by)) == ["李建国", "王海涛", "周卫东"]
    templates.publish_version(row, by=user(world.lijianguo))
    with pytest.raises(ValidationError, match="不改"):
        templates.save_template(fresh(row), TEMPLATE, what="x", by=user(world.chenxiaoyan))
    work = start(world)
    second = templates.draft_version(fresh(row), by=user(world.chenxiaoyan))
    assert templates.draft_version(fresh(row), by=user(world.chenxiaoyan)) == second
    templates.publish_version(second, by=user(world.lijianguo))
    assert list(WorkVersion.objects.order_by("number").values_list("state", flat=True)) == ["past", "force"]
    assert fresh(work).edition == row


def test_a_type_with_a_fault_is_not_used(world):
    row = templates.add_type(world.area, name="空的", basis="无", by=user(world.chenxiaoyan))
    with pytest.raises(ValidationError, match="至少要有一个阶段"):
        templates.publish_version(row, by=user(world.lijianguo))


def test_the_pack_holds_no_fault(world):
    assert templates.adopt_types(world.area, by=user(world.chenxiaoyan)) == len(read_pack("project"))
    for row in WorkVersion.objects.all():
        assert templates.list_faults(row) == []
        templates.publish_version(row, by=user(world.lijianguo))
    assert templates.adopt_types(world.area, by=user(world.chenxiaoyan)) == 0


def test_the_editor(world, login):
    client = login(world.chenxiaoyan)
    assert client.post(reverse("supervision:type-new"), {"name": "小修", "basis": "办法"}).status_code == 302
    row = WorkVersion.objects.get()

    def post(name, values, *args):
        answer = client.post(reverse(f"supervision:{name}", args=[row.pk, *args]), values | {"version": fresh(row).version})
        return answer.status_code

    assert post("stage-add", {"name": "方案", "days": "5"}) == 302
    assert post("form-add", {"name": "方案表", "fill": "r1", "check": "r1", "fields_text": "井号"}, 0) == 422
    assert post("form-add", {"name": "方案表", "fill": "r1", "check": "r2", "fields_text": "井号 | 数字"}, 0) == 422
    assert post("form-add", {"name": "方案表", "fill": "r1", "check": "r2", "fields_text": "井号 | 一行文字 | 必填\n日期 | 日期"}, 0) == 302
    page = client.get(reverse("supervision:form-edit", args=[row.pk, 0, 0])).content.decode()
    assert "井号 | 一行文字 | 必填" in page
    assert post("form-edit", {"name": "方案表二", "fill": "r1", "check": "r2", "fields_text": "井号"}, 0, 0) == 302
    assert post("version-roles", {"roles": "工程负责人\n现场监督\n地质"}) == 302
    assert post("stage-edit", {"name": "方案论证", "days": "7"}, 0) == 302
    assert fresh(row).template == {
        "roles": [["r1", "工程负责人"], ["r2", "现场监督"], ["r3", "地质"]],
        "stages": [
            {
                "name": "方案论证",
                "days": 7,
                "forms": [{"name": "方案表二", "fill": "r1", "check": "r2", "proof": False, "fields": [["f1", "井号", "text", False, []]]}],
            }
        ],
    }
    assert post("stage-remove", {"form": "0"}, 0) == 302
    assert post("stage-remove", {}, 0) == 302
    assert fresh(row).stages == []
    assert login(world.liuhaitao).get(reverse("supervision:type-new")).status_code == 403


def test_pages(world, login):
    work = start(world)
    form, *others = forms(work)
    client = login(world.liuhaitao)
    assert "3 号井场改造" in client.get(reverse("supervision:works")).content.decode()
    page = reverse("supervision:work-form", args=[work.pk, form.pk])
    assert "结论*" in client.get(page).content.decode()
    draft_page = reverse("supervision:work-form-draft", args=[work.pk, form.pk])
    first = {"draft_number": "0", "draft_window": "a"}
    assert client.post(draft_page, {"f-f2": "先写一点", **first}).status_code == 200
    # the answer was lost on the way: the same window saves on, an older one does not
    assert client.post(draft_page, {"f-f2": "先写一点,再写", **first}).status_code == 200
    assert client.post(draft_page, {"f-f2": "旧窗口", "draft_number": "0", "draft_window": "b"}).status_code == 422
    assert (fresh(form).draft, fresh(form).draft_number, fresh(form).values) == ({"f2": "先写一点,再写"}, 2, {})
    assert "先写一点,再写" in client.get(page).content.decode()
    assert login(world.hejing).post(draft_page, {"f-f2": "别人", "draft_number": "2"}).status_code in (403, 404)
    client = login(world.liuhaitao)
    wrong = client.post(page, {"f-f2": "先写一点", "version": fresh(form).version})
    assert (wrong.status_code, "先写一点" in wrong.content.decode()) == (422, True)
    assert client.post(page, {"f-f1": "可行", "version": fresh(form).version}).status_code == 302
    assert (fresh(form).draft, client.post(draft_page, {"f-f1": "再改", "draft_number": "3"}).status_code) == ({}, 422)
    assert client.get(reverse("supervision:work-form", args=[work.pk, others[0].pk])).status_code == 200
    check = reverse("supervision:work-form-check", args=[work.pk, form.pk])
    assert client.get(check).status_code == 403
    client = login(world.zhengshuang)
    assert "可行" in client.get(check).content.decode()
    assert client.post(check, {"verdict": "return", "note": "", "version": fresh(form).version}).status_code == 422
    assert client.post(check, {"verdict": "pass", "note": "属实", "version": fresh(form).version}).status_code == 302
    assert fresh(work).stage == 1
    assert login(world.handong).get(page).status_code == 404
    client = login(world.wanghaitao)
    assert "选工程类型" in client.get(reverse("supervision:work-new")).content.decode()
    given = {
        "type": work.edition_id, "name": "二号工程", "purpose": "改造", "unit": world.unit["注采二站"].pk, "amount": "12.50",
        "starts_on": str(today()), "role_r1": world.sunlihua.pk, "role_r2": world.hejing.pk, "role_r3": world.zhengshuang.pk,
    }  # fmt: skip
    assert client.post(reverse("supervision:work-new"), given | {"role_r3": world.sunlihua.pk}).status_code == 422
    assert client.post(reverse("supervision:work-new"), given).status_code == 302
    assert Work.objects.get(name="二号工程").owner == world.sunlihua


def test_counted(world, login):
    start(world)
    finish_other = [one for one in collect_matters([world.area.pk]) if one.what == "工程表单待办"]
    assert [(one.owner_id, one.count, one.late) for one in finish_other] == [(world.liuhaitao.pk, 1, 0)]
    assert login(world.zhaomin).get(finish_other[0].url).status_code == 200


def test_a_finished_work_is_closed(world):
    work = finish(world)
    assert who(world, lambda by: works.stop_work(work, ground="x", by=by)) == []
    assert [who(world, lambda by, f=one: works.file_form(f, {"f1": "改"}, files=FILES, by=by)) for one in forms(work)] == [[]] * 4
