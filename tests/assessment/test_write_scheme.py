"""赵敏 writes the next version from a copy, hands it in; somebody who wrote nothing of it publishes it or sends it back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.assessment import actions, kernel
from ronghe.assessment.actions.drafts import WrongPart
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.queries.schemes import find_scheme
from ronghe.assessment.tables import find_problems, read_tables, write_tables
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.assessment import month
from tests.assessment.drafts import fresh, hand_in, save, set_full, start


@pytest.fixture
def scheme(world):
    return month.adopt(world)


def test_copy_is_a_draft_with_the_next_number(world, scheme):
    draft = start(world, scheme)
    assert (draft.state, draft.code, draft.number, draft.copied_from, draft.author) == (
        "writing", "group-station", 2, scheme, world.zhaomin.user,
    )  # fmt: skip
    assert "version = 2\n" in draft.text
    before, after = kernel.read_scheme(scheme.text), kernel.read_scheme(draft.text)
    assert (before.indicators, before.dimensions, before.grades) == (after.indicators, after.dimensions, after.grades)
    assert draft.digest == after.digest
    assert find_scheme(world.area.pk, "2026-10") == scheme
    assert not Task.objects.from_origin(draft).exists()


def test_published_text_stays_when_its_copy_is_changed(world, scheme):
    text, digest = scheme.text, scheme.digest
    hand_in(world, scheme, set_full("oil", "60"))
    kept = fresh(scheme)
    assert (kept.text, kept.digest, kept.state) == (text, digest, "published")


def test_empty_draft_says_what_it_lacks(world):
    draft = start(world)
    assert (draft.digest, draft.name, draft.number) == ("", "", 1)
    with pytest.raises(WrongPart) as caught:
        actions.submit_draft(draft, by=world.zhaomin.user)
    assert "scheme.toml:scheme:name: 缺少必需的键" in caught.value.messages
    assert fresh(draft).state == "writing"


def test_file_is_taken_in_to_be_written_on(world):
    draft = actions.start_draft(world.area, by=world.zhaomin.user, text=month.SCHEME)
    assert (draft.state, draft.number, kernel.read_scheme(draft.text)) == ("writing", 1, kernel.read_scheme(month.SCHEME))
    with pytest.raises(ValidationError, match="indicator oil:full"):
        actions.start_draft(world.area, by=world.zhaomin.user, text=month.SCHEME.replace("full = 55", "full = -1"))


def test_change_is_saved_and_told(world, scheme):
    draft = save(start(world, scheme), set_full("oil", "60"), world)
    assert kernel.read_scheme(draft.text).indicator_by_code["oil"].full == 60
    entry = Entry.objects.filter(verb="修改方案草稿").get()
    assert entry.changes == {"指标 原油产量(oil) 满分": ["55", "60"]}
    assert fresh(draft).version == 2


def test_change_of_nothing_is_no_change(world, scheme):
    draft = start(world, scheme)
    save(draft, set_full("oil", "55"), world)
    assert fresh(draft).version == draft.version


def test_late_form_changes_nothing(world, scheme):
    draft = start(world, scheme)
    save(draft, set_full("oil", "60"), world, version=draft.version)
    with pytest.raises(StaleForm):
        save(draft, set_full("oil", "50"), world, by="李建国", version=draft.version)
    assert kernel.read_scheme(fresh(draft).text).indicator_by_code["oil"].full == 60


def test_wrong_part_is_refused_with_its_problems(world, scheme):
    draft = start(world, scheme)

    def change(tables):
        set_full("oil", "很多")(tables)
        return find_problems(write_tables(tables))

    with pytest.raises(WrongPart) as caught:
        save(draft, change, world)
    assert caught.value.messages == ["scheme.toml:indicator oil:full: 应为数字"]
    assert fresh(draft).text == draft.text


def test_another_code_begins_its_own_numbers(world, scheme):
    draft = start(world, scheme)
    draft = save(draft, lambda tables: tables.scheme.update(code="office"), world)
    assert (draft.code, draft.number) == ("office", 1)
    assert "version = 1\n" in draft.text


def test_two_drafts_have_two_numbers(world, scheme):
    assert [start(world, scheme).number, start(world, scheme).number] == [2, 3]


def test_handed_in_waits_for_those_who_wrote_nothing(world, scheme):
    draft = start(world, scheme)
    save(draft, set_full("oil", "60"), world, by="李建国")
    draft = actions.submit_draft(draft, by=world.zhaomin.user)
    assert (draft.state, set(draft.hands)) == ("draft", {world.zhaomin.user.pk, world.lijianguo.user.pk})
    assert {task.owner.name for task in Task.objects.from_origin(draft).open()} == {"王海涛", "陈晓燕"}
    with pytest.raises(PermissionDenied):
        actions.publish_scheme(draft, by=world.lijianguo.user, valid_from="2027-01")
    published = actions.publish_scheme(draft, by=world.wanghaitao.user, valid_from="2027-01")
    assert (published.state, fresh(scheme).valid_to) == ("published", "2026-12")
    assert not Task.objects.from_origin(draft).open().exists()


def test_nobody_left_to_publish(world, scheme):
    draft = start(world, scheme)
    for number, name in enumerate(("李建国", "王海涛", "陈晓燕")):
        save(draft, set_full("oil", str(40 + number)), world, by=name)
    with pytest.raises(Refused, match="没有未参与编写的人"):
        actions.submit_draft(draft, by=world.zhaomin.user)
    assert fresh(draft).state == "writing"


def test_taken_back_is_written_on(world, scheme):
    draft = actions.take_back_draft(hand_in(world, scheme), by=world.zhaomin.user)
    assert draft.state == "writing"
    assert not Task.objects.from_origin(draft).open().exists()
    save(draft, set_full("oil", "60"), world)
    assert actions.submit_draft(draft, by=world.zhaomin.user).state == "draft"


def test_sent_back_with_a_reason(world, scheme):
    draft = hand_in(world, scheme)
    with pytest.raises(ValidationError, match="原因"):
        actions.return_draft(draft, reason=" ", by=world.lijianguo.user)
    with pytest.raises(PermissionDenied):
        actions.return_draft(draft, reason="油量太重", by=world.zhaomin.user)
    draft = actions.return_draft(draft, reason="油量太重", by=world.lijianguo.user)
    assert draft.state == "writing"
    task = Task.objects.from_origin(draft).open().get()
    assert (task.kind, task.owner.name) == ("方案修改", "赵敏")
    assert Notice.objects.filter(person=world.zhaomin, title__contains="油量太重").count() == 1
    actions.submit_draft(draft, by=world.zhaomin.user)
    assert {task.kind for task in Task.objects.from_origin(draft).open()} == {"方案审批"}


@pytest.mark.parametrize("name", ["刘海涛", "钱进", "吴桐", "高明", "许诺", "韩冬", "系统管理员"])
def test_others_may_not_write(world, scheme, name):
    user = world.person[name].user
    with pytest.raises(PermissionDenied):
        actions.start_draft(world.area, by=user, source=scheme)
    draft = start(world, scheme)
    for write in (
        lambda: actions.save_draft(draft, set_full("oil", "1"), by=user),
        lambda: actions.submit_draft(draft, by=user),
        lambda: actions.drop_scheme(draft, by=user),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert fresh(draft).text == draft.text


def test_published_version_is_not_written_on(world, scheme):
    for write in (
        lambda: save(scheme, set_full("oil", "1"), world),
        lambda: actions.submit_draft(scheme, by=world.zhaomin.user),
    ):
        with pytest.raises(Refused):
            write()


def test_given_up_draft_frees_its_number(world, scheme):
    actions.drop_scheme(start(world, scheme), by=world.zhaomin.user)
    assert start(world, scheme).number == 2


def test_draft_is_seen_by_those_who_prepare(world, scheme):
    draft = start(world, scheme)
    seen = {name for name, person in world.person.items() if SchemeVersion.objects.visible_to(person.user).filter(pk=draft.pk).exists()}
    assert seen == {"李建国", "王海涛", "陈晓燕", "周卫东", "赵敏", "钱进", "郑爽"}


def test_old_month_recomputes_to_the_same_bytes(shown):
    run = shown.run
    draft = hand_in(shown, run.scheme, set_full("oil", "60"))
    actions.publish_scheme(draft, by=shown.wanghaitao.user, valid_from="2026-11")
    again = kernel.compute(fresh(run.scheme), kernel.unpack(run.inputs))
    assert again.digest == run.results_digest
    assert read_tables(run.scheme.text).indicators[3]["full"] == "55"
