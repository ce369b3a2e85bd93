"""综合评定: both sides, recomputed by hand, seen first by the person, doubted, graded by another, signed by two, published by the rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ronghe.appraisal.actions import count, doubts, outcomes, templates
from ronghe.appraisal.models import Outcome, Tally, Template
from ronghe.appraisal.queries.measures import Measures
from ronghe.appraisal.rules.periods import days_of
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.goals.actions.cascade import finish_milestone
from ronghe.goals.models import Milestone
from tests.appraisal import cases
from tests.appraisal.cases import fresh, result_of, user
from tests.goals.cases import issue, write_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world, settings, tmp_path):
    settings.RONGHE_URNS = tmp_path / "urns"
    return world


def test_each_of_the_leaders_has_both_sides_and_the_total_adds_up(world):
    """李建国 coordinates a party goal by milestones; nobody has figures: the business side is missing, and that is not scaled away."""
    plan, _oil, party = write_plan(world)
    issue(world, plan)
    first = party.milestones.order_by("due").first()
    Milestone.objects.filter(pk=first.pk).update(due=today() - timedelta(days=1))
    Milestone.objects.exclude(pk=first.pk).filter(goal=party).update(due=today() + timedelta(days=400))
    finish_milestone(fresh(first), result="已印发", by=user(world.lijianguo))
    Milestone.objects.filter(pk=first.pk).update(done_on=today() - timedelta(days=1))
    cases.add_staff(world)
    cycle = cases.shown(world, "leader-year", levels=lambda place, _person: place % 2)
    outcome = result_of(cycle, world.lijianguo)
    given = {one["code"]: one for one in outcome.inputs}
    assert set(given) == {"goals", "party", "appraisal", "discipline", "veto"}
    assert all(one["basis"] for one in given.values())
    assert given["party"]["value"] == "100.00"
    assert "党小组标准化建设 100.00%" in given["party"]["note"]
    marks = {line["code"]: line for line in outcome.lines}
    assert marks["party"]["mark"].startswith("35")
    appraisal = (Decimal(given["appraisal"]["value"]) * 30 / 100).quantize(Decimal("0.01"))
    assert Decimal(marks["appraisal"]["mark"]) == appraisal
    assert given["goals"]["value"] is None  # nobody reported figures: that is said, and the result has no grade of its own
    assert (outcome.provisional, outcome.proposed) == (True, "")
    assert outcome.total == 35 + appraisal


def test_the_appraisal_is_the_weighted_mean_of_what_was_counted(world):
    cases.add_staff(world)
    cycle = cases.shown(world, levels=lambda place, _person: place % 3)
    outcome = result_of(cycle, world.liuhaitao)
    rows = [row for row in Tally.objects.filter(report=outcome.report) if row.score is not None and row.weight]
    by_hand = sum(row.score * row.weight for row in rows) / sum(row.weight for row in rows)
    given = {one["code"]: one for one in outcome.inputs}
    assert Decimal(given["appraisal"]["value"]) == by_hand.quantize(Decimal("0.01"))


def test_milestones_and_figures_measure_what_was_due(world):
    plan, oil, _party = write_plan(world)
    issue(world, plan)
    cycle = cases.open_round(world, "leader-year")
    reports = list(cycle.reports.all())
    first, last = days_of(cycle.period)
    found = Measures(cycle, reports, first, min(last, today()))
    manager = next(one for one in reports if one.person_id == world.wanghaitao.pk)
    assert found.find("goals", manager).value is None  # no figures of oil yet
    from ronghe.goals.models import Progress

    Progress.objects.update_or_create(goal=oil, defaults={"month": f"{today():%Y-%m}", "target": 30000, "actual": 27000, "light": "red"})
    assert Measures(cycle, reports, first, min(last, today())).find("goals", manager).value == Decimal("90.00")


def test_a_veto_names_its_basis_and_bars_a_better_grade(world):
    cycle = cases.counted(world)
    report = cases.report_of(cycle, world.sunlihua)
    with pytest.raises(ValidationError) as problem:
        outcomes.give_counts(cycle, {(report.pk, "veto"): (1, " ")}, by=user(world.zhengshuang))
    assert set(problem.value.message_dict) == {f"note-{report.pk}-veto"}
    given = outcomes.give_counts(fresh(cycle), {(report.pk, "veto"): (1, "厂纪〔2026〕3号")}, by=user(world.zhengshuang))
    shown = outcomes.show_outcomes(given, by=user(world.lijianguo))
    outcome = result_of(shown, world.sunlihua)
    assert outcome.total <= Decimal("59.99")
    assert next(one for one in outcome.inputs if one["code"] == "veto")["note"] == "厂纪〔2026〕3号"
    with pytest.raises(ValidationError):
        outcomes.grade_outcome(outcome, grade="优秀", reason="平时表现好", by=user(world.lijianguo))
    assert outcomes.grade_outcome(fresh(outcome), grade="不称职", reason="按否决", by=user(world.lijianguo)).grade == "不称职"


def test_seen_first_by_the_person(world):
    cycle = cases.counted(world)
    seen = lambda name: Outcome.objects.visible_to(user(world.person[name])).count()  # noqa: E731
    assert seen("刘海涛") == 0
    outcomes.give_counts(cycle, {}, by=user(world.zhengshuang))
    outcomes.show_outcomes(fresh(cycle), by=user(world.lijianguo))
    counts = {
        name: seen(name)
        for name in ("刘海涛", "孙丽华", "李建国", "王海涛", "陈晓燕", "郑爽", "吴桐", "赵敏", "高明", "系统管理员", "韩冬")
    }
    assert counts == {
        "刘海涛": 1, "孙丽华": 1, "李建国": 3, "王海涛": 3,
        "陈晓燕": 0, "郑爽": 0, "吴桐": 0, "赵敏": 0, "高明": 0, "系统管理员": 0, "韩冬": 0,
    }  # fmt: skip


def test_an_objection_makes_a_new_version_and_keeps_the_old(world):
    cycle = cases.shown(world)
    outcome = result_of(cycle, world.liuhaitao)
    doubt = doubts.object_to_outcome(outcome, code="discipline", reason="没有被问责", by=user(world.liuhaitao))
    with pytest.raises(Refused, match="还没有答复"):
        outcomes.grade_outcome(fresh(outcome), grade="称职", reason="按分数", by=user(world.lijianguo))
    with pytest.raises(ValidationError):
        doubts.answer_doubt(doubt, upheld=True, answer="核对后更正", by=user(world.lijianguo))  # without the right figure
    answered = doubts.answer_doubt(fresh(doubt), upheld=True, answer="核对后更正", right=Decimal(2), by=user(world.lijianguo))
    made = answered.made
    assert (made.number, made.current, fresh(outcome).current) == (2, True, False)
    assert made.total == outcome.total - 10  # two at five marks each
    assert {line["code"]: line["mark"] for line in outcome.lines}["discipline"] != {line["code"]: line["mark"] for line in made.lines}[
        "discipline"
    ]
    ballots = doubts.object_to_outcome(made, code="appraisal", reason="票数不对", by=user(world.liuhaitao))
    with pytest.raises(ValidationError, match="测评票已经清空"):
        doubts.answer_doubt(ballots, upheld=True, answer="更正", right=Decimal(95), by=user(world.lijianguo))


def test_signed_by_both_heads_after_everybody_has_looked(world):
    cycle = cases.shown(world, "leader-year")
    cases.grade_all(world, cycle)
    with pytest.raises(Refused, match="没有看过"):
        outcomes.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    cases.see_all(cycle)
    once = outcomes.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    assert once.state == "shown"
    assert outcomes.sign_cycle(fresh(cycle), by=user(world.wanghaitao)).state == "signed"


def test_shares_hold_only_by_the_units_own_rule(world):
    cases.adopt(world)
    template = Template.objects.get(area=world.area, code="chief-year")
    rule = [{"grade": "优秀", "share": 34, "basis": "厂考核办法第九条"}]
    templates.revise_template(template, {"quota": rule}, reason="按厂办法", by=user(world.lijianguo))
    cycle = cases.shown(world)
    cases.see_all(cycle)
    cases.grade_all(world, cycle, "优秀")
    with pytest.raises(Refused, match="厂考核办法第九条"):
        outcomes.sign_cycle(fresh(cycle), by=user(world.lijianguo))


def test_grades_are_known_only_where_the_rule_says_so(world, login):
    cycle = cases.published(world)
    page = login(world.wutong).get(f"/appraisal/cycles/{cycle.pk}/").content.decode()
    assert "刘海涛 · 称职" in " ".join(page.split())
    assert "按分数" not in page


def test_a_round_that_tells_only_the_person_is_not_published(world):
    quarter = f"{today().year - 1}Q4"
    cycle = cases.present_all(cases.open_round(world, "leader-quarter", quarter))
    from ronghe.appraisal.actions import ballots

    cycle = ballots.open_ballots(cycle, due=today(), by=user(world.lijianguo))
    cycle = count.count_ballots(cases.cast_all(cycle), by=user(world.lijianguo))
    outcomes.give_counts(cycle, {}, by=user(world.zhengshuang))
    cycle = outcomes.show_outcomes(fresh(cycle), by=user(world.lijianguo))
    cases.see_all(cycle)
    cases.grade_all(world, cycle)
    outcomes.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    cycle = outcomes.sign_cycle(fresh(cycle), by=user(world.wanghaitao))
    with pytest.raises(Refused, match="不公布"):
        outcomes.publish_cycle(cycle, by=user(world.lijianguo))
