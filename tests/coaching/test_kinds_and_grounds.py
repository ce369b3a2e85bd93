"""Kinds are data in versions and never a disciplinary measure; the system proposes with its grounds, once, and a person decides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.coaching.actions import kinds, proposals
from ronghe.coaching.models import Kind, Measure, Proposal
from ronghe.coaching.rules.grounds import Month, count_run, find_swing
from ronghe.coaching.rules.kinds import DISCIPLINARY, find_disciplinary
from ronghe.coaching.rules.pairs import Cell, match_units
from ronghe.common.calendar import today
from ronghe.rectification.models import Item
from ronghe.worklist.models import Task
from tests.coaching import cases
from tests.coaching.cases import fresh, user

DAY = date(2026, 11, 20)


@pytest.mark.parametrize("word", DISCIPLINARY)
def test_no_disciplinary_measure_under_another_name(word):
    assert find_disciplinary(f"给予{word}") == word
    assert find_disciplinary("当面谈一次,不是处分") == ""


def test_the_pack_holds_only_what_the_rules_let_and_changes_by_versions(world):
    known = cases.adopt(world)
    assert [row.name for row in known.values()] == [
        "表扬(单位)", "表扬(个人)", "经验推广", "提醒谈话", "约谈提醒", "帮促计划", "学习观摩", "岗位调整建议",
    ]  # fmt: skip
    assert {level for row in known.values() for level in row.levels} == {"unit", "leader", "chief", "staff"}
    with pytest.raises(ValidationError, match="已采用"):
        cases.adopt(world)
    kind = known["help"]
    with pytest.raises(ValidationError) as problem:
        kinds.revise_kind(kind, {"demand": "警告一次"}, reason="加重", by=user(world.lijianguo))
    assert list(problem.value.error_dict) == ["demand"]
    with pytest.raises(PermissionDenied):
        kinds.revise_kind(kind, {"days": 20}, reason="缩短", by=user(world.zhaomin))
    made = kinds.revise_kind(kind, {"days": 20}, reason="缩短", by=user(world.lijianguo))
    assert (made.number, made.days, fresh(kind).valid_to is not None, fresh(kind).days) == (2, 20, True, 30)


def test_lines_of_places_and_rates():
    rates = [Decimal(80), Decimal(81), Decimal(79), Decimal(70)]
    line = [Month(f"2026-0{n}", 3, 3, rate) for n, rate in enumerate(rates, 1)]
    assert (count_run(line, best=False), count_run(line, best=True), find_swing(line)) == (4, 0, Decimal(-10))
    assert count_run([Month("2026-01", 1, 2, None)], best=True) == 0
    assert find_swing(line[:3]) is None


def test_pairs_of_a_weak_and_a_strong_unit():
    cells = [
        Cell(1, "t", "oil", Decimal(50), Decimal(55)), Cell(2, "t", "oil", Decimal(20), Decimal(55)), Cell(3, "t", "oil", Decimal(45), Decimal(55)),
        Cell(1, "t", "hse", Decimal(5), Decimal(10)), Cell(2, "t", "hse", Decimal(10), Decimal(10)), Cell(3, "t", "hse", Decimal(2), Decimal(10)),
    ]  # fmt: skip
    (match,) = match_units(cells, {1: 1, 3: 2, 2: 3})
    assert (match.weak, match.strong, match.indicator, match.gap) == (2, 1, "oil", Decimal(30))
    assert match_units(cells[:2], {1: 1, 2: 2}) == []


def test_the_last_is_proposed_for_a_talk_once_and_lapses_when_it_is_no_longer_so(world):
    runs = cases.publish_year(world, [(80, 90, 70), (80, 90, 65)])
    cases.adopt(world)
    assert proposals.propose_area(world.area, DAY) == 2
    assert proposals.propose_area(world.area, DAY) == 0
    talk = Proposal.objects.get(kind__code="talk")
    assert (talk.person, talk.unit.name, talk.owner, talk.period, talk.ground) == (
        world.maxiaoyan, "注采三站", world.lijianguo, "2026-10", "last",
    )  # fmt: skip
    assert "连续 2 个月" in talk.text
    assert [one["text"] for one in talk.evidence] == ["2026年10月:第 3/3 位,得分率 65.0%", "2026年9月:第 3/3 位,得分率 70.0%"]
    assert Proposal.objects.get(kind__code="praise-unit").person is None
    assert Measure.objects.count() == 0  # nothing follows by itself
    assert set(Task.objects.open().filter(kind="措施建议").values_list("owner__name", flat=True)) == {"李建国"}
    assert not Proposal.objects.visible_to(user(world.maxiaoyan)).exists()
    type(runs[-1]).objects.filter(pk=runs[-1].pk).update(state="replaced")
    type(runs[0]).objects.filter(pk=runs[0].pk).update(state="replaced")
    proposals.propose_area(world.area, DAY)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"lapsed"}
    assert not Task.objects.open().filter(kind="措施建议").exists()


def test_a_person_adopts_or_dismisses_with_a_reason(world):
    cases.publish_year(world, [(80, 90, 70), (80, 90, 65)])
    cases.adopt(world)
    proposals.propose_area(world.area, DAY)
    talk, praise = Proposal.objects.get(kind__code="talk"), Proposal.objects.get(kind__code="praise-unit")
    given = {"reason": "末位两个月", "owner": world.wanghaitao, "due": today() + timedelta(days=8)}
    for person, error in ((world.zhaomin, PermissionDenied), (world.maxiaoyan, PermissionDenied), (world.chenxiaoyan, ValidationError)):
        with pytest.raises(error):
            proposals.adopt_proposal(talk, by=user(person), **given)
    with pytest.raises(ValidationError):
        proposals.adopt_proposal(talk, by=user(world.lijianguo), **given | {"reason": " "})
    measure = proposals.adopt_proposal(talk, by=user(world.lijianguo), **given)
    assert (measure.person, measure.owner, measure.period, fresh(talk).state) == (world.maxiaoyan, world.wanghaitao, "2026-10", "adopted")
    with pytest.raises(ValidationError, match="已经有了结论"):
        proposals.dismiss_proposal(talk, reason="晚了", by=user(world.lijianguo))
    proposals.dismiss_proposal(praise, reason="口径有疑问,先核对", by=user(world.wanghaitao))
    assert fresh(praise).reason == "口径有疑问,先核对"
    assert proposals.propose_area(world.area, DAY + timedelta(days=3)) == 0  # within the quiet days


def test_a_late_cure_reaches_every_level(world):
    """A staff member's is for the own chief, a chief's for the secretary, the secretary's for the manager."""
    from tests.rectification.cases import open_one

    cases.adopt(world)
    late = DAY - timedelta(days=40)
    for number, name in enumerate(("何静", "刘海涛", "李建国")):
        item = open_one(world, owner="刘海涛", key=f"k{number}")
        Item.objects.filter(pk=item.pk).update(holder=world.person[name], step_due=late)
    proposals.propose_area(world.area, DAY)
    found = {row.person.name: row.owner.name for row in Proposal.objects.filter(ground="late").select_related("person", "owner")}
    assert found == {"何静": "刘海涛", "刘海涛": "李建国", "李建国": "王海涛"}


def test_retired_kinds_propose_nothing(world):
    cases.publish_year(world, [(80, 90, 70), (80, 90, 65)])
    known = cases.adopt(world)
    proposals.propose_area(world.area, DAY)
    kinds.retire_kind(known["talk"], reason="并入提醒谈话", by=user(world.lijianguo))
    assert Proposal.objects.get(kind__code="talk").state == "lapsed"
    assert proposals.propose_area(world.area, DAY) == 0
    assert Kind.objects.filter(valid_to=None).count() == 7
