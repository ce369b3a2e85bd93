import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.figures.actions.batches import save_batch, start_correction, submit_batch
from ronghe.figures.actions.reviews import confirm_batch, return_batch
from ronghe.figures.models import Figure
from ronghe.figures.queries import collect_inputs
from ronghe.goals.models import Target
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.figures.factories import FULL, confirm_station, entry, save_station, submit_station
from tests.people import appoint


def test_confirmed_figures_are_in_force(world, period, indicators):
    batch = confirm_station(world, period, indicators)
    assert set(batch.figures.values_list("in_force", flat=True)) == {True}
    rows = collect_inputs(world.area, period.period, ["oil"])
    assert {row["unit"]: row["actual"] for row in rows} == {"a1-s1": 1200, "a1-s2": None, "a1-s3": None}
    assert Task.objects.open().filter(kind="审核").count() == 0
    assert Notice.objects.get(kind="确认").person == world.hejing
    assert Entry.objects.filter(verb="确认").get().actor_name == "钱进"


def test_nobody_confirms_what_they_wrote(world, period, indicators):
    appoint(world.hejing, "reviewer", world.area)
    batch = submit_station(world, period, indicators)
    with pytest.raises(PermissionDenied):
        confirm_batch(batch, by=world.hejing.user)
    assert list(Task.objects.filter(kind="审核").values_list("owner__name", flat=True)) == ["钱进"]


def test_nobody_confirms_what_they_had_a_hand_in(world, period, indicators):
    """钱进 saved once as 填报人 of the station and gave the post up; the batch remembers."""
    held = appoint(world.qianjin, "reporter", world.unit["注采一站"])
    save_station(world, period, indicators, by=world.qianjin.user, oil=1)
    held.delete()
    del world.qianjin.user._standing
    batch = submit_station(world, period, indicators)
    with pytest.raises(PermissionDenied):
        confirm_batch(batch, by=world.qianjin.user)


def test_a_reporter_of_the_unit_does_not_confirm_it(world, period, indicators):
    appoint(world.qianjin, "reporter", world.unit["注采一站"])
    batch = submit_station(world, period, indicators)
    with pytest.raises(PermissionDenied):
        confirm_batch(batch, by=world.qianjin.user)


def test_others_do_not_review(world, period, indicators):
    batch = submit_station(world, period, indicators)
    for person in (world.lijianguo, world.zhaomin, world.liuhaitao, world.shenkuo, world.xitong):
        with pytest.raises(PermissionDenied):
            confirm_batch(batch, by=person.user)
        with pytest.raises(PermissionDenied):
            return_batch(batch, reason="不对", by=person.user)


def test_a_draft_is_not_confirmed(world, period, indicators):
    batch = save_station(world, period, indicators, **FULL)
    with pytest.raises(TransitionNotAllowed):
        confirm_batch(batch, by=world.qianjin.user)


def test_a_page_opened_before_the_withdrawal_is_stale(world, period, indicators):
    from ronghe.figures.actions.batches import withdraw_batch

    batch = submit_station(world, period, indicators)
    withdraw_batch(batch, by=world.hejing.user)
    submit_station(world, period, indicators, oil=1)
    with pytest.raises(StaleForm):
        confirm_batch(batch, by=world.qianjin.user, version=batch.version)


def test_returning_needs_a_reason(world, period, indicators):
    with pytest.raises(Refused):
        return_batch(submit_station(world, period, indicators), reason="  ", by=world.qianjin.user)


def test_a_returned_batch_is_my_task_until_i_submit_it_again(world, period, indicators):
    batch = return_batch(submit_station(world, period, indicators), reason="产量少一位", by=world.qianjin.user)
    task = Task.objects.open().get(owner=world.hejing, kind="退回")
    assert task.title == f"批次 {batch.number} 被退回:产量少一位"
    again = submit_station(world, period, indicators, oil=12000)
    assert again.pk == batch.pk
    assert Task.objects.open().filter(owner=world.hejing).count() == 0
    assert confirm_batch(again, by=world.qianjin.user).state == "confirmed"


def test_a_correction_names_what_it_replaces_and_takes_its_place(world, period, indicators):
    first = confirm_station(world, period, indicators)
    draft = start_correction(first, reason="抄错一位", by=world.hejing.user)
    assert (draft.replaces, draft.figures.count()) == (first, 4)
    save_station(world, period, indicators, oil=1300)
    draft.refresh_from_db(fields=["version"])
    second = confirm_batch(submit_batch(draft, by=world.hejing.user), by=world.qianjin.user)
    assert set(first.figures.values_list("in_force", flat=True)) == {False}
    in_force = Figure.objects.filter(in_force=True)
    assert set(in_force.values_list("batch_id", flat=True)) == {second.pk}
    assert in_force.get(indicator=indicators["oil"]).actual == 1300
    assert Entry.objects.filter(verb="确认").first().note == f"取代 {first.number}"


def test_a_correction_may_take_a_figure_back(world, period, indicators):
    first = confirm_station(world, period, indicators)
    draft = start_correction(first, reason="尚未计量", by=world.hejing.user)
    save_station(world, period, indicators, oil=None)
    confirm_batch(submit_batch(draft, by=world.hejing.user), by=world.qianjin.user)
    assert not Figure.objects.filter(in_force=True, indicator=indicators["oil"]).exists()


def test_a_correction_needs_reason_and_a_confirmed_batch(world, period, indicators):
    batch = submit_station(world, period, indicators)
    with pytest.raises(Refused):
        start_correction(batch, reason="抄错", by=world.hejing.user)
    confirm_batch(batch, by=world.qianjin.user)
    with pytest.raises(Refused):
        start_correction(batch, reason="", by=world.hejing.user)
    with pytest.raises(PermissionDenied):
        start_correction(batch, reason="抄错", by=world.luolan.user)


def test_two_batches_for_one_cell_the_second_is_refused(world, period, indicators):
    mine = submit_station(world, period, indicators, oil=1200)
    cell = [entry(world.unit["注采一站"], indicators["oil"], 999)]
    admins = submit_batch(save_batch(period, world.area, entries=cell, source="long", by=world.zhaomin.user), by=world.zhaomin.user)
    confirm_batch(mine, by=world.qianjin.user)
    with pytest.raises(Refused, match=mine.number):
        confirm_batch(admins, by=world.qianjin.user)
    admins.refresh_from_db(fields=["version"])
    assert Figure.objects.get(in_force=True).actual == 1200


def test_a_blank_in_force_gives_way(world, period, indicators):
    """Past months may hold a note without a figure; it is no figure that somebody would overwrite."""
    first = confirm_station(world, period, indicators, oil=1200)
    first.figures.update(actual=None)
    second = confirm_station(world, period, indicators, oil=1300)
    assert list(Figure.objects.filter(in_force=True).values_list("batch_id", "actual")) == [(second.pk, 1300)]


def test_targets_of_a_long_sheet_count_on_confirmation(world, period, indicators):
    from ronghe.figures.rules import Entry as Typed

    cell = Typed(world.unit["注采一站"].pk, indicators["oil"].pk, 1200, target=1250, base=1180)
    batch = submit_batch(save_batch(period, world.area, entries=[cell], source="long", by=world.zhaomin.user), by=world.zhaomin.user)
    assert Target.objects.count() == 0
    confirm_batch(batch, by=world.qianjin.user)
    target = Target.objects.get()
    assert (target.value, target.base) == (1250, 1180)
    assert Entry.objects.get(verb="设定目标值").note == batch.number
