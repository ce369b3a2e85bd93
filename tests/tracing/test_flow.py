"""A finding through its cause to the changed line, which shows the finding; figures for the scheme."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.common.registry import find_lessons, find_prefills, find_proof_bar
from ronghe.rectification import actions as cure
from ronghe.rectification.models import Item, Measure
from ronghe.tracing import actions
from ronghe.tracing.models import Change, Tracing
from ronghe.tracing.queries import list_amended, read_recurring, read_untraced
from ronghe.tracing.rules import BARRIERS, find_bar, find_fault
from ronghe.worklist.models import GuideItem
from tests.stationing import cases as stations
from tests.tracing import cases
from tests.worklist.cases import adopt


@given(
    st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=5),
    st.dictionaries(st.sampled_from(list(BARRIERS)), st.sampled_from(["held", "weak", "missing"])),
)
def test_a_cause_is_three_different_whys_and_a_barrier_that_is_no_person(whys, barriers):
    told = [one for one in whys if one]
    failed = {name for name, state in barriers.items() if state != "held"}
    good = len(told) >= 3 and len(set(told)) == len(told) and bool(failed - {"person"})
    assert (find_fault(whys, barriers) == "") == good


def test_what_the_cure_still_lacks():
    assert "溯源" in find_bar(traced=False, at_source="", changes=0, no_change="")
    assert "源头" in find_bar(traced=True, at_source=" ", changes=1, no_change="")
    assert "清单" in find_bar(traced=True, at_source="改设备", changes=0, no_change="")
    assert find_bar(traced=True, at_source="改设备", changes=0, no_change="清单里已有") == ""


def test_from_the_finding_to_the_changed_line(world):
    guide = adopt(world)
    row = cases.start(world)
    item = row.item
    cure.finish_measure(Measure.objects.get(item=item), by=cases.user(world.liuhaitao))
    with pytest.raises(Refused, match="溯源"):
        cure.file_proof(item, text="已更换", files=cases.FILES, by=cases.user(world.liuhaitao))
    with pytest.raises(PermissionDenied):
        actions.trace_cause(row, whys=cases.WHYS, barriers=cases.BARRIERS, at_source="x", near_miss=False, by=cases.user(world.sunlihua))
    with pytest.raises(ValidationError, match="现场操作"):
        actions.trace_cause(
            row, whys=cases.WHYS, barriers={"person": "weak"}, at_source="x", near_miss=False, by=cases.user(world.liuhaitao)
        )
    row = actions.trace_cause(
        row, whys=cases.WHYS, barriers=cases.BARRIERS, at_source="改用金属缠绕垫", near_miss=True, by=cases.user(world.liuhaitao)
    )
    GuideItem.objects.filter(guide=guide).update(created_at="2020-01-01T00:00:00+08:00")
    line = GuideItem.objects.filter(guide=guide).first()
    key = f"worklist.guideitem|{guide.pk}:{line.code}"
    with pytest.raises(ValidationError):
        actions.note_change(row, chosen=key, by=cases.user(world.liuhaitao))  # nothing was changed since
    GuideItem.objects.filter(pk=line.pk).update(created_at=item.created_at)
    assert [f"{one.label}|{one.key}" for one in list_amended(row)] == [key]
    change = actions.note_change(row, chosen=key, by=cases.user(world.liuhaitao))
    assert actions.note_change(row, chosen=key, by=cases.user(world.liuhaitao)) == change
    assert Change.objects.count() == 1
    found = find_lessons(cases.user(world.liuhaitao), "worklist.guideitem", [f"{guide.pk}:{line.code}", "other"])
    assert [(one.title, bool(one.url)) for one in found[f"{guide.pk}:{line.code}"]] == [(f"{item.number} 法兰渗漏", True)]
    hidden = find_lessons(cases.user(world.sunlihua), "worklist.guideitem", [f"{guide.pk}:{line.code}"])
    assert [(one.title, one.url) for one in hidden[f"{guide.pk}:{line.code}"]] == [(f"整改 {item.number}", "")]
    proof = cure.file_proof(item, text="已更换", files=cases.FILES, by=cases.user(world.liuhaitao))
    assert proof.verdict == "pending"
    with pytest.raises(Refused):
        actions.need_no_change(Tracing.objects.get(), reason="不用", by=cases.user(world.liuhaitao))


def test_no_line_needs_changing_for_a_reason(world):
    row = cases.trace(world)
    with pytest.raises(ValidationError):
        actions.need_no_change(row, reason=" ", by=cases.user(world.liuhaitao))
    row = actions.need_no_change(row, reason="清单已有,是没有执行,已纳入检查", by=cases.user(world.liuhaitao))
    assert row.no_change


def test_leading_figures_are_offered_to_the_month_and_to_alerts(world):
    row = cases.trace(world, near_miss=True)
    Item.objects.filter(pk=row.item_id).update(state="closed", ended_on=today(), ended_by=world.zhengshuang, holder=None, step_due=None)
    indicators = [
        SimpleNamespace(code=code, pk=place) for place, code in enumerate(("near_miss", "hse_at_source", "hse_recurred", "oil"), 1)
    ]
    found = find_prefills(world.area.pk, f"{today():%Y-%m}", indicators)
    station = world.unit["注采一站"].pk
    assert {key: one.value for key, one in found.items() if key[0] == station} == {
        (station, 1): Decimal(1), (station, 2): Decimal("100.0"), (station, 3): Decimal(0),
    }  # fmt: skip
    assert find_prefills(world.area.pk, f"{today():%Y-%m}", indicators[3:]) == {}
    waiting = actions.start_tracing(cases.open_item(world, "护栏松动"), subject="safety", by=cases.user(world.lijianguo))
    assert [one.key for one in read_untraced(world.area.pk, [today()], "safety", 30)] == [f"item:{waiting.item_id}"]
    assert read_untraced(world.area.pk, [today()], "quality", 30) == []
    assert read_recurring(world.area.pk, [today()], "", 30) == []


def test_the_pages(world, login):
    item = cases.open_item(world)
    client = login(world.liuhaitao)
    page = client.get(f"/rectification/{item.pk}/").content.decode()
    assert "按三册溯源" in page
    client.post(f"/tracing/{item.pk}/", {"subject": "safety", "near_miss": "on", "once": "start-1"})
    shown = client.post(
        f"/tracing/{item.pk}/cause/", {"why1": "渗漏", "at_source": "换垫", "version": Tracing.objects.get().version, "once": "c-1"}
    )
    assert shown.status_code == 422
    assert "第 3 个为什么" in shown.content.decode()
    assert 'value="渗漏"' in shown.content.decode()
    values = {f"why{n}": text for n, text in enumerate(cases.WHYS, 1)} | {
        f"barrier_{name}": state for name, state in cases.BARRIERS.items()
    }
    client.post(f"/tracing/{item.pk}/cause/", {**values, "at_source": "换垫", "version": Tracing.objects.get().version, "once": "c-2"})
    for path in (f"/tracing/{item.pk}/", f"/tracing/{item.pk}/change/", "/tracing/", f"/rectification/{item.pk}/"):
        assert "保养清单里没有更换周期" in client.get(path).content.decode() or path.endswith("change/")
    assert login(world.sunlihua).get(f"/tracing/{item.pk}/").status_code == 404


def test_a_finding_about_safety_is_traced_without_a_press(world, login):
    client = login(world.lijianguo)
    form = {
        "title": "护栏松动", "problem": "平台护栏松动,有安全隐患", "source": "manual", "unit": world.unit["注采一站"].pk, "owner": world.liuhaitao.pk,
        "due": f"{today() + timedelta(days=20)}", "m-TOTAL_FORMS": "0", "m-INITIAL_FORMS": "0",
    }  # fmt: skip
    for number, (subject, expected) in enumerate((("", "safety"), ("quality", "quality"), ("other", ""))):
        shown = client.post("/rectification/new/", {**form, "subject": subject, "once": f"new-{number}"})
        assert shown.status_code == 302, shown.content.decode()
        item = Item.objects.order_by("-pk")[0]
        assert (item.subject, Tracing.objects.filter(item=item).count()) == (expected, 1 if expected else 0)
    item = Item.objects.get(subject="safety")
    point = stations.find(world, "加药间地面渗漏")
    assert stations.actions.rectify_point(point, by=cases.user(world.wanghaitao)).tracing.subject == "environment"
    row = item.tracing
    owner, overseer = cases.user(world.liuhaitao), cases.user(world.lijianguo)
    with pytest.raises(PermissionDenied):
        actions.release_tracing(row, reason="不是", by=owner)
    with pytest.raises(ValidationError):
        actions.release_tracing(row, reason=" ", by=overseer)
    assert "溯源" in find_proof_bar(item)
    client.post(f"/tracing/{item.pk}/release/", {"reason": "只是油漆脱落", "version": row.version, "once": "release-1"})
    assert find_proof_bar(item) == ""
    assert "只是油漆脱落" in client.get(f"/rectification/{item.pk}/").content.decode()
    assert read_untraced(world.area.pk, [today()], "safety", 30) == []
    with pytest.raises(Refused):
        actions.trace_cause(
            Tracing.objects.get(pk=row.pk), whys=cases.WHYS, barriers=cases.BARRIERS, at_source="x", near_miss=False, by=owner
        )
