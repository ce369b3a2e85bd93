"""分到成员: a station's goal re-adds exactly over its members, who accept it, see their part and nobody else's result; a part is handed on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from ronghe.goals import holdings
from ronghe.goals.actions.cascade import change_goal, finish_milestone, split_goal
from ronghe.goals.actions.members import MemberPart, file_tallies, give_task, pass_part, split_members, take_back_task
from ronghe.goals.actions.plans import accept_goals, copy_plan, revise_plan
from ronghe.goals.models import Acceptance, Goal, GoalMonth, MemberTerm, Milestone, Progress, Tally
from ronghe.goals.queries.checks import list_problems
from ronghe.goals.rules.curve import draw_part
from ronghe.org.models import Membership, Person
from ronghe.worklist.models import Task
from tests.goals.cases import STATIONS, YEAR, Child, issue, write_plan

MONTH = f"{YEAR}-01"
amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(amounts, st.lists(amounts, min_size=12, max_size=12))
def test_a_parts_months_add_up_to_the_part(part, months):
    named = {f"{YEAR}-{n:02d}": value for n, value in enumerate(months, 1)}
    assert sum(draw_part(part, Decimal(10), named, rollup="sum", decimals=2).values()) == part


def test_a_level_follows_its_units_months():
    months = {"2026-01": Decimal(90), "2026-02": Decimal(98)}
    assert draw_part(Decimal(94), Decimal(94), months, rollup="mean", decimals=1) == months
    assert draw_part(Decimal(95), Decimal(94), months, rollup="mean", decimals=1) == dict.fromkeys(months, Decimal(95))
    assert draw_part(Decimal(95), Decimal(94), {}, rollup="mean", decimals=1) == {}


@pytest.fixture
def issued(world):
    world.plan = issue(world, write_plan(world)[0])
    world.goal = Goal.objects.get(plan=world.plan, unit=world.unit["注采一站"])
    return world


def share_out(world, parts=(("liuhaitao", "5000"), ("hejing", "6000"), ("wutong", "4000")), by="liuhaitao", **more):
    rows = [MemberPart(getattr(world, name).pk, Decimal(value)) for name, value in parts]
    return split_members(Goal.objects.get(pk=world.goal.pk), rows, by=getattr(world, by).user, **more)


def part_of(world, name="wutong"):
    return Goal.objects.standing().get(parent=world.goal, person=getattr(world, name))


def test_the_parts_re_add_and_members_are_asked(issued):
    share_out(issued)
    parts = Goal.objects.filter(parent=issued.goal).order_by("order")
    assert [(row.person.name, row.value) for row in parts] == [("何静", 6000), ("刘海涛", 5000), ("吴桐", 4000)]
    months = GoalMonth.objects.filter(goal=part_of(issued)).values_list("value", flat=True)
    assert (len(months), sum(months)) == (12, 4000)
    assert sorted(Acceptance.objects.filter(plan=issued.plan, by_unit=True).values_list("person__name", flat=True)) == ["何静", "吴桐"]
    assert Acceptance.objects.get(plan=issued.plan, person=issued.liuhaitao).goals == 2
    accept_goals(issued.plan, by=issued.wutong.user)
    assert Task.objects.open().filter(kind="目标认领", owner=issued.wutong).count() == 0
    assert list(MemberTerm.objects.values_list("person__name", "valid_to")) == [("何静", None), ("刘海涛", None), ("吴桐", None)]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((("hejing", "9000"), ("wutong", "5999")), "相差 1"),
        ((("hejing", "15000"), ("wutong", "0")), "大于 0"),
        ((("hejing", "9000"), ("luolan", "6000")), "不在本单位"),
        ((), "至少"),
    ],
)
def test_what_does_not_re_add_is_not_saved(issued, parts, words):
    with pytest.raises(ValidationError, match=words):
        share_out(issued, parts)
    assert Goal.objects.filter(parent=issued.goal).count() == 0


def test_only_who_leads_the_station_shares_out_and_only_when_issued(issued):
    for who in ("lijianguo", "wanghaitao", "zhaomin", "sunlihua", "hejing", "wutong", "handong", "gaoming", "xitong"):
        with pytest.raises(PermissionDenied):
            share_out(issued, by=who)
    made = revise_plan(issued.plan, takes_effect=f"{YEAR}-07", reason="调整", by=issued.zhaomin.user)
    fresh = made.goals.get(unit=issued.unit["注采一站"])
    with pytest.raises(Refused):
        split_members(fresh, [MemberPart(issued.wutong.pk, Decimal(15000))], by=issued.liuhaitao.user)


def test_a_change_needs_its_reason_and_a_stale_table_changes_nothing(issued):
    share_out(issued)
    version = Goal.objects.get(pk=issued.goal.pk).version
    other = (("hejing", "7000"), ("wutong", "8000"))
    with pytest.raises(ValidationError, match="原因"):
        share_out(issued, other)
    with pytest.raises(StaleForm):
        share_out(issued, other, reason="刘海涛脱产", version=version - 1)
    share_out(issued, other, reason="刘海涛脱产", version=version)
    assert {row.person.name: row.value for row in Goal.objects.standing().filter(parent=issued.goal)} == {"何静": 7000, "吴桐": 8000}
    assert Acceptance.objects.get(plan=issued.plan, person=issued.liuhaitao).goals == 1
    assert Entry.objects.filter(verb="收回成员目标").get().note == "刘海涛脱产"


def test_what_was_done_gives_a_part_its_actual_and_light(issued):
    share_out(issued)
    part = part_of(issued)
    with pytest.raises(ValidationError, match="本月"):
        file_tallies(issued.goal, month=f"{YEAR + 1}-01", values={part.pk: Decimal(1)}, by=issued.liuhaitao.user)
    with pytest.raises(PermissionDenied):
        file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(1)}, by=issued.wutong.user)
    assert file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(300)}, by=issued.liuhaitao.user) == 1
    row = Progress.objects.get(goal=part)
    assert (row.month, row.actual, row.light) == (MONTH, 300, "red")
    assert file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(334)}, by=issued.liuhaitao.user) == 1
    assert Progress.objects.get(goal=part).light == "green"
    assert file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(334)}, by=issued.liuhaitao.user) == 0


def test_a_part_is_handed_on_in_the_middle_of_a_month(issued):
    share_out(issued, (("liuhaitao", "9000"), ("wutong", "6000")))
    part = part_of(issued)
    MemberTerm.objects.filter(goal=part).update(valid_from=date(YEAR, 1, 1))
    file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(200)}, by=issued.liuhaitao.user)
    with pytest.raises(ValidationError, match="已有一份"):
        pass_part(part, to=issued.liuhaitao, note="调离", by=issued.liuhaitao.user)
    with pytest.raises(ValidationError, match="不在这个单位"):
        pass_part(part, to=issued.luolan, note="调离", by=issued.liuhaitao.user)
    pass_part(part, to=issued.hejing, note="调离", by=issued.liuhaitao.user)
    terms = list(MemberTerm.objects.filter(goal=part).values_list("person__name", "valid_from", "valid_to"))
    assert terms == [("吴桐", date(YEAR, 1, 1), today() - timedelta(days=1)), ("何静", today(), None)]
    file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(320)}, by=issued.liuhaitao.user)
    assert list(Tally.objects.order_by("pk").values_list("person__name", "value")) == [("吴桐", 200), ("何静", 320)]
    assert Progress.objects.get(goal=part).actual == 520
    assert Acceptance.objects.get(plan=issued.plan, person=issued.hejing).at is None
    assert Acceptance.objects.get(plan=issued.plan, person=issued.wutong).goals == 0


def test_it_is_among_what_a_person_hands_over(issued):
    share_out(issued, (("liuhaitao", "9000"), ("wutong", "6000")))
    (held,) = holdings.list_held(issued.wutong.pk)
    assert held.what == "目标落实"
    why = holdings.hand_over(held.key, issued.wutong, issued.liuhaitao, issued.lijianguo.user, "调离")
    assert "已有一份" in why
    assert holdings.hand_over(held.key, issued.wutong, issued.hejing, issued.lijianguo.user, "调离") == ""
    assert holdings.hand_over(held.key, issued.wutong, issued.hejing, issued.lijianguo.user, "调离") == "已不由本人落实"
    leader = holdings.list_held(issued.lijianguo.pk)
    assert [row.what for row in leader] == ["目标节点", "目标节点"]
    assert holdings.hand_over(leader[0].key, issued.lijianguo, issued.wanghaitao, issued.lijianguo.user, "调离") == ""


def test_a_new_version_keeps_the_parts_reconciled_and_what_was_done(issued):
    share_out(issued, (("hejing", "10000"), ("wutong", "5000")))
    file_tallies(issued.goal, month=MONTH, values={part_of(issued).pk: Decimal(400)}, by=issued.liuhaitao.user)
    made = revise_plan(issued.plan, takes_effect=f"{YEAR}-07", reason="新井推迟", by=issued.zhaomin.user)
    top = made.goals.get(parent=None, indicator__isnull=False)
    change_goal(top, value=Decimal(24001), by=issued.zhaomin.user)
    children = [Child(issued.unit[name].pk, Decimal(value)) for name, value in zip(STATIONS, (8001, 8000, 8000), strict=True)]
    split_goal(top, children, by=issued.zhaomin.user)
    parts = {row.person.name: row.value for row in made.goals.filter(person__isnull=False)}
    assert parts == {"何静": 5334, "吴桐": 2667}
    assert list_problems(made) == []
    issue(issued, made)
    part = made.goals.get(person=issued.wutong)
    assert list(part.tallies.values_list("value", flat=True)) == [400]
    assert Acceptance.objects.get(plan=made, person=issued.wutong).by_unit is True
    copied = copy_plan(made, title="明年", first_month=f"{YEAR + 1}-01", last_month=f"{YEAR + 1}-12", by=issued.zhaomin.user)
    assert copied.goals.filter(person__isnull=False).count() == 0


def test_who_sees_a_members_part_and_its_result(issued, login):
    share_out(issued)
    part = part_of(issued)
    file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(331)}, by=issued.liuhaitao.user)
    seen = {}
    for name in ("wutong", "liuhaitao", "lijianguo", "hejing", "zhaomin", "sunlihua", "luolan", "qianjin", "handong"):
        page = login(getattr(issued, name)).get(f"/goals/nodes/{part.pk}/")
        seen[name] = (page.status_code, "331" in page.content.decode())
    both, part_only, none = (200, True), (200, False), (404, False)
    assert seen == {
        "wutong": both, "liuhaitao": both, "lijianguo": both, "hejing": part_only, "zhaomin": part_only,
        "sunlihua": none, "luolan": none, "qianjin": none, "handong": none,
    }  # fmt: skip
    tree = login(issued.sunlihua).get(f"/goals/plans/{issued.plan.pk}/branch/{issued.goal.pk}/").content.decode()
    assert "吴桐" not in tree


def test_the_table_draws_keeps_what_was_typed_and_saves(issued, login):
    Membership.objects.create(person=issued.wutong, group=issued.group["注采一站"], valid_from=date(2020, 1, 1))
    client, address = login(issued.liuhaitao), f"/goals/nodes/{issued.goal.pk}/members/"
    assert "分到成员" in client.get(f"/goals/nodes/{issued.goal.pk}/").content.decode()
    page = client.get(address)
    assert {row.name: row.chosen for row in page.context["rows"]} == {"刘海涛": True, "吴桐": True, "何静": False}
    people = [issued.liuhaitao.pk, issued.wutong.pk, issued.hejing.pk]
    chosen = {f"c-{pk}": "on" for pk in people}
    drawn = client.post(address, {**chosen, "shares": "equal", "draw": "1"})
    assert [row.shown_value for row in drawn.context["rows"]] == ["5000"] * 3
    assert drawn.context["fits"] is True
    shares = {f"s-{pk}": text for pk, text in zip(people, ("1", "1", "1.5"), strict=True)}
    drawn = client.post(address, {**chosen, **shares, "shares": "capacity", "draw": "1"})
    assert [row.shown_value for row in drawn.context["rows"]] == ["4286", "4286", "6428"]
    wrong = client.post(address, {**chosen, f"v-{people[0]}": "一千", "save": "1"})
    assert (wrong.status_code, "一千" in wrong.content.decode()) == (422, True)
    assert client.post(address, {**chosen, "shares": "credit", "draw": "1"}).status_code == 422
    values = {f"v-{pk}": text for pk, text in zip(people, ("5000", "5000", "5000"), strict=True)}
    version = Goal.objects.get(pk=issued.goal.pk).version
    assert client.post(address, {**chosen, **values, "version": version, "save": "1"}).status_code == 302
    tally = client.get(f"/goals/nodes/{issued.goal.pk}/tallies/?month={MONTH}")
    assert [(row.name, row.target) for row in tally.context["table"].rows] == [("何静", "417"), ("刘海涛", "417"), ("吴桐", "417")]
    mine = login(issued.wutong).get(f"/goals/nodes/{part_of(issued).pk}/").content.decode()
    assert [text in mine for text in ("从哪里分下来", "这一份占 33.3%", "这一份占 13.9%", "由谁落实")] == [True] * 4


def test_who_has_left_the_station_keeps_a_row_until_the_part_is_given_on(issued, login):
    share_out(issued)
    Person.objects.filter(pk=issued.wutong.pk).update(unit=issued.unit["注采二站"])
    client = login(issued.liuhaitao)
    page = client.get(f"/goals/nodes/{issued.goal.pk}/members/").content.decode()
    part = part_of(issued)
    assert [text in page for text in ("请先移交", f"/goals/nodes/{part.pk}/pass/")] == [True, True]
    assert client.post(f"/goals/nodes/{part.pk}/pass/", {"to": issued.hejing.pk, "note": "调离"}).status_code == 422
    assert client.get(f"/goals/nodes/{part.pk}/pass/").status_code == 200


def test_a_task_that_is_no_number_is_given_done_and_taken_back(issued, login):
    client, at = login(issued.liuhaitao), f"/goals/nodes/{issued.goal.pk}/task/"
    due = min(today() + timedelta(days=10), date(YEAR, 12, 31))
    typed = {"person": issued.wutong.pk, "title": "承包井治理", "degree": "三口井恢复到计划", "due": due}
    assert client.post(at, {**typed, "due": date(YEAR + 1, 1, 1)}).status_code == 422
    for _twice in range(2):
        assert client.post(at, {**typed, "once": "a"}).status_code == 302
    task = Goal.objects.get(parent=issued.goal, person=issued.wutong)
    assert list(Task.objects.open().filter(owner=issued.wutong).order_by("kind").values_list("kind", flat=True)) == ["目标节点", "目标认领"]
    node = task.milestones.get()
    done = login(issued.wutong).post(
        f"/goals/nodes/{task.pk}/milestones/{node.pk}/done/", {"result": "三口井都到了", "version": node.version}
    )
    assert (done.status_code, task.milestones.get().result) == (302, "三口井都到了")
    with pytest.raises(PermissionDenied):
        take_back_task(task, reason="不要了", by=issued.sunlihua.user)
    assert login(issued.liuhaitao).post(f"/goals/nodes/{task.pk}/take-back/", {"reason": "改由二站做"}).status_code == 302
    assert Goal.objects.get(pk=task.pk).withdrawn is True
    assert Acceptance.objects.get(plan=issued.plan, person=issued.wutong).goals == 0
    share_out(issued)
    with pytest.raises(Refused):
        take_back_task(part_of(issued), reason="不要了", by=issued.liuhaitao.user)
    with pytest.raises(Refused):
        give_task(part_of(issued), person=issued.hejing, title="x", degree="x", due=due, by=issued.liuhaitao.user)


def test_what_is_done_while_a_new_version_is_written_goes_with_it(issued):
    share_out(issued, (("liuhaitao", "9000"), ("wutong", "6000")))
    part = part_of(issued)
    made = revise_plan(issued.plan, takes_effect=f"{YEAR}-07", reason="调整", by=issued.zhaomin.user)
    with pytest.raises(Refused, match="正在起草"):
        share_out(issued, (("liuhaitao", "8000"), ("wutong", "7000")), reason="再分")
    file_tallies(issued.goal, month=MONTH, values={part.pk: Decimal(480)}, by=issued.liuhaitao.user)
    pass_part(part, to=issued.hejing, note="调离", by=issued.liuhaitao.user)
    node = Milestone.objects.filter(goal__plan=issued.plan).first()
    finish_milestone(node, result="标准印发", by=issued.lijianguo.user)
    issue(issued, made)
    copy = made.goals.get(person=issued.hejing)
    assert list(copy.tallies.values_list("person__name", "value")) == [("吴桐", 480)]
    assert list(copy.terms.values_list("person__name", "valid_to")) == [
        ("吴桐", max(copy.terms.first().valid_from, today() - timedelta(days=1))),
        ("何静", None),
    ]
    assert Milestone.objects.get(goal__plan=made, text=node.text).result == "标准印发"
    assert Task.objects.open().filter(kind="目标节点").count() == 1
