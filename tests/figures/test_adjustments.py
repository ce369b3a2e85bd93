import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django_fsm import TransitionNotAllowed

from ronghe.common.actions import Refused, StaleForm
from ronghe.documents.models import Document
from ronghe.figures.actions.adjustments import ask_adjustment, decide_adjustment
from ronghe.figures.models import Adjustment
from ronghe.figures.queries import collect_inputs
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.figures.factories import make_target, month, submit_station
from tests.people import appoint

PROOF = ("停井通知:2号井组检修".encode(), "停井通知.txt")


def ask(world, indicators, *, by=None, unit="注采一站", kind="exempt", target=None, reason="计划停井检修", proof=PROOF):
    return ask_adjustment(
        world.unit[unit],
        indicators["oil"],
        period=month(),
        kind=kind,
        target=target,
        reason=reason,
        proof=proof,
        by=(by or world.liuhaitao).user,
    )


def test_a_station_chief_asks_with_proof(world, indicators):
    row = ask(world, indicators)
    assert Document.objects.get().name == "停井通知.txt"
    assert sorted(Task.objects.open().values_list("owner__name", flat=True)) == ["王海涛", "陈晓燕"]
    assert collect_inputs(world.area, month(), ["oil"])[0]["exempt"] is None
    assert row.state == "asked"


def test_reason_proof_and_target_are_needed(world, indicators):
    for missing in ({"reason": " "}, {"proof": None}, {"kind": "target"}):
        with pytest.raises(Refused):
            ask(world, indicators, **missing)
    with pytest.raises(ValidationError):
        ask(world, indicators, proof=(b"MZ\x00\x01program", "a.exe"))
    assert Adjustment.objects.count() == 0


def test_asked_once(world, indicators):
    ask(world, indicators)
    with pytest.raises(Refused):
        ask(world, indicators, by=world.hejing)


def test_others_do_not_ask_for_us(world, indicators):
    for person in (world.sunlihua, world.luolan, world.zhaomin, world.lijianguo, world.fengtao):
        with pytest.raises(PermissionDenied):
            ask(world, indicators, by=person)


def test_an_approved_exemption_counts_and_says_why(world, indicators):
    row = decide_adjustment(ask(world, indicators), approve=True, note="同意", by=world.chenxiaoyan.user)
    inputs = {line["unit"]: line["exempt"] for line in collect_inputs(world.area, month(), ["oil"])}
    assert inputs == {"a1-s1": "计划停井检修", "a1-s2": None, "a1-s3": None}
    assert Task.objects.open().count() == 0
    assert Notice.objects.get(person=world.liuhaitao).title == f"批准:{row}"


def test_an_approved_target_takes_the_place_of_the_old_one(world, indicators):
    make_target(indicators["oil"], world.unit["注采一站"], 1300)
    decide_adjustment(ask(world, indicators, kind="target", target=900), approve=True, note="", by=world.wanghaitao.user)
    line = collect_inputs(world.area, month(), ["oil"])[0]
    assert (line["target"], line["target_note"]) == (900, "目标已批准调整:计划停井检修")


def test_declining_needs_its_reason_and_leaves_room_to_ask_again(world, indicators):
    row = ask(world, indicators)
    with pytest.raises(Refused):
        decide_adjustment(row, approve=False, note="", by=world.chenxiaoyan.user)
    decide_adjustment(row, approve=False, note="证明不足", by=world.chenxiaoyan.user)
    assert collect_inputs(world.area, month(), ["oil"])[0]["exempt"] is None
    assert ask(world, indicators).state == "asked"


def test_who_asked_does_not_decide(world, indicators):
    appoint(world.chenxiaoyan, "station_chief", world.unit["注采三站"])
    row = ask(world, indicators, by=world.chenxiaoyan, unit="注采三站")
    assert list(Task.objects.values_list("owner__name", flat=True)) == ["王海涛"]
    with pytest.raises(PermissionDenied):
        decide_adjustment(row, approve=True, note="", by=world.chenxiaoyan.user)


def test_only_those_two_leaders_decide(world, indicators):
    row = ask(world, indicators)
    for person in (world.lijianguo, world.zhouweidong, world.zhaomin, world.qianjin, world.liuhaitao, world.handong):
        with pytest.raises(PermissionDenied):
            decide_adjustment(row, approve=True, note="", by=person.user)


def test_decided_once(world, indicators):
    row = ask(world, indicators)
    decide_adjustment(row, approve=True, note="", by=world.chenxiaoyan.user)
    with pytest.raises(TransitionNotAllowed):
        decide_adjustment(row, approve=True, note="", by=world.wanghaitao.user)
    with pytest.raises(StaleForm):
        decide_adjustment(row, approve=False, note="不", by=world.wanghaitao.user, version=row.version)


def test_asking_and_deciding_in_the_pages(world, indicators, period, login):
    form = {
        "unit": world.unit["注采一站"].pk, "indicator": indicators["oil"].pk, "period": month(), "kind": "exempt", "reason": "检修",
        "proof": SimpleUploadedFile("通知.txt", PROOF[0]), "once": "a",
    }  # fmt: skip
    answer = login(world.hejing).post("/figures/adjustments/new/", form)
    row = Adjustment.objects.get()
    assert answer.url == f"/figures/adjustments/{row.pk}/"
    page = login(world.chenxiaoyan).get(answer.url).content.decode()
    assert 'name="approve"' in page
    refused = login(world.chenxiaoyan).post(f"{answer.url}decide/", {"decline": "1", "note": "", "version": row.version, "once": "b"})
    assert refused.status_code == 422
    login(world.chenxiaoyan).post(f"{answer.url}decide/", {"approve": "1", "note": "同意", "version": row.version, "once": "c"})
    assert Adjustment.objects.get().state == "approved"
    batch = submit_station(world, period, indicators)
    assert "免考已批准" in login(world.qianjin).get(f"/figures/batches/{batch.pk}/").content.decode()


def test_asking_without_a_file_keeps_what_was_typed(world, indicators, login):
    form = {
        "unit": world.unit["注采一站"].pk,
        "indicator": indicators["oil"].pk,
        "period": month(),
        "kind": "exempt",
        "reason": "检修两口井",
        "once": "a",
    }
    answer = login(world.hejing).post("/figures/adjustments/new/", form)
    assert answer.status_code == 422
    assert "检修两口井" in answer.content.decode()


def test_another_stations_requests_are_not_seen(world, indicators, login):
    row = ask(world, indicators)
    assert login(world.sunlihua).get(f"/figures/adjustments/{row.pk}/").status_code == 404
    assert login(world.handong).get(f"/figures/adjustments/{row.pk}/").status_code == 404
    assert "没有申请" in login(world.sunlihua).get("/figures/adjustments/").content.decode()
