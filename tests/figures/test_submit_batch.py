import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from ronghe.common.actions import Refused, StaleForm
from ronghe.figures.actions.batches import drop_batch, submit_batch, withdraw_batch
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.figures.factories import FULL, save_station, submit_station


def open_kinds(person):
    return sorted(Task.objects.open().filter(owner=person).values_list("kind", flat=True))


def test_submitting_everything_settles_my_task_and_asks_the_reviewer(world, period, indicators):
    batch = submit_station(world, period, indicators)
    assert batch.state == "submitted"
    assert open_kinds(world.hejing) == []
    assert Task.objects.get(owner=world.hejing).result == f"已提交 {batch.number}"
    assert open_kinds(world.qianjin) == ["审核"]
    notice = Notice.objects.get(person=world.qianjin)
    assert notice.path == f"/figures/batches/{batch.pk}/"


def test_submitting_a_part_leaves_my_task_open(world, period, indicators):
    submit_station(world, period, indicators, oil=1200)
    assert open_kinds(world.hejing) == ["填报"]


def test_an_empty_batch_is_refused(world, period, indicators):
    batch = save_station(world, period, indicators, oil=None)
    with pytest.raises(Refused):
        submit_batch(batch, by=world.hejing.user)


def test_submitting_twice_is_refused(world, period, indicators):
    batch = submit_station(world, period, indicators)
    with pytest.raises(TransitionNotAllowed):
        submit_batch(batch, by=world.hejing.user)
    assert Task.objects.filter(kind="审核").count() == 1


def test_a_stale_page_is_refused(world, period, indicators):
    batch = save_station(world, period, indicators, **FULL)
    save_station(world, period, indicators, oil=1)
    with pytest.raises(StaleForm):
        submit_batch(batch, by=world.hejing.user, version=batch.version)


def test_others_do_not_submit_for_us(world, period, indicators):
    batch = save_station(world, period, indicators, **FULL)
    for person in (world.luolan, world.liuhaitao, world.qianjin, world.fengtao, world.zhaomin):
        with pytest.raises(PermissionDenied):
            submit_batch(batch, by=person.user)


def test_withdrawing_asks_me_again_and_frees_the_reviewer(world, period, indicators):
    batch = withdraw_batch(submit_station(world, period, indicators), by=world.hejing.user)
    assert batch.state == "draft"
    assert open_kinds(world.hejing) == ["填报"]
    assert open_kinds(world.qianjin) == []


def test_a_dropped_draft_makes_room_for_a_new_one(world, period, indicators):
    first = drop_batch(save_station(world, period, indicators, oil=1), by=world.hejing.user)
    second = save_station(world, period, indicators, oil=2)
    assert first.state == "dropped"
    assert (second.pk != first.pk, first.figures.get().actual) == (True, 1)
