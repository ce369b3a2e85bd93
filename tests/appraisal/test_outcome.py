"""综合评定: both sides, recomputed by hand, seen first by the person, doubted, graded by another, signed by two, published by the rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.appraisal.actions import count, doubts, outcomes, signing, templates
from ronghe.appraisal.models import Outcome, Signature, Tally, Template
from ronghe.appraisal.permissions import may_grade
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


def test_nobody_grades_or_signs_the_own_result(world):
    """班子: the committee above grades and signs 书记 and 经理, the two of them the others; nobody else anything."""
    cycle = cases.shown(world, "leader-year")
    parts = {report.person.name: report.part for report in cycle.reports.select_related("person")}
    assert parts == {"李建国": "own", "王海涛": "own", "陈晓燕": "plain", "周卫东": "plain"}
    named = {name: result_of(cycle, world.person[name]) for name in parts}
    may = {
        name: {other for other, outcome in named.items() if may_grade(user(world.person[name]), fresh(outcome))}
        for name in ("李建国", "王海涛", "高明", "陈晓燕", "郑爽", "韩冬")
    }
    rest = {"陈晓燕", "周卫东"}
    assert may == {"李建国": rest, "王海涛": rest, "高明": {"李建国", "王海涛"}, "陈晓燕": set(), "郑爽": set(), "韩冬": set()}
    with pytest.raises(PermissionDenied):
        outcomes.grade_outcome(named["李建国"], grade="优秀", reason="自评", by=user(world.wanghaitao))
    seen = {name: Outcome.objects.visible_to(user(world.person[name])).count() for name in ("高明", "李建国", "陈晓燕", "韩冬")}
    assert seen == {"高明": 2, "李建国": 4, "陈晓燕": 1, "韩冬": 0}
    cases.grade_all(world, cycle)
    with pytest.raises(Refused, match="没有看过"):
        signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    cases.see_all(cycle)
    for name in ("陈晓燕", "郑爽", "韩冬"):
        with pytest.raises(PermissionDenied):
            signing.sign_cycle(fresh(cycle), by=user(world.person[name]))
    signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    with pytest.raises(PermissionDenied):
        signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    with pytest.raises(Refused, match="不能再改"):
        outcomes.grade_outcome(fresh(named["陈晓燕"]), grade="优秀", reason="再想想", by=user(world.wanghaitao))
    assert signing.sign_cycle(fresh(cycle), by=user(world.gaoming)).state == "shown"
    assert signing.sign_cycle(fresh(cycle), by=user(world.wanghaitao)).state == "signed"
    signed = {(row.part, row.who): row.person.name for row in Signature.objects.filter(cycle=cycle).select_related("person")}
    assert signed == {("plain", "secretary"): "李建国", ("plain", "manager"): "王海涛", ("own", "upper"): "高明"}


def test_a_correction_takes_the_signatures_of_its_part_back(world):
    cycle = cases.shown(world)
    cases.see_all(cycle)
    cases.grade_all(world, cycle)
    signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    outcome = result_of(cycle, world.liuhaitao)
    doubt = doubts.object_to_outcome(outcome, code="discipline", reason="是上年的", by=user(world.liuhaitao))
    made = doubts.answer_doubt(doubt, upheld=True, answer="核实", right=Decimal(0), by=user(world.wanghaitao)).made
    assert not Signature.objects.filter(cycle=cycle).exclude(person=None).exists()
    outcomes.note_seen(made, by=user(world.liuhaitao))
    outcomes.grade_outcome(fresh(made), grade="称职", reason="按更正后的分数", by=user(world.lijianguo))
    assert cases.sign_all(world, cycle).state == "signed"


def test_signers_are_data_with_a_basis(world):
    """A unit may let 纪检小组 sign too; a line in which somebody would sign the own is refused with its reason."""
    template = cases.adopt(world)["chief-year"]
    old = template.signed_by
    for wrong in (
        {**old, "basis": " "},
        {**old, "sign": []},
        {**old, "own": {"grade": ["upper"], "sign": ["manager"]}},
        {**old, "grade": ["upper"]},
        {**old, "sign": ["somebody"]},
    ):
        with pytest.raises(ValidationError) as problem:
            templates.revise_template(fresh(template), {"signing": wrong}, reason="试", by=user(world.lijianguo))
        assert set(problem.value.message_dict) == {"signing"}
    wider = {**old, "sign": ["secretary", "discipline"], "basis": "厂考核办法第七条"}
    templates.revise_template(fresh(template), {"signing": wider}, reason="按厂办法", by=user(world.lijianguo))
    cycle = cases.shown(world)
    assert Outcome.objects.visible_to(user(world.zhengshuang)).count() == 3
    cases.see_all(cycle)
    cases.grade_all(world, cycle)
    with pytest.raises(PermissionDenied):
        signing.sign_cycle(fresh(cycle), by=user(world.wanghaitao))
    signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))
    assert signing.sign_cycle(fresh(cycle), by=user(world.zhengshuang)).state == "signed"


def test_shares_hold_only_by_the_units_own_rule(world):
    cases.adopt(world)
    template = Template.objects.get(area=world.area, code="chief-year")
    rule = [{"grade": "优秀", "share": 34, "basis": "厂考核办法第九条"}]
    templates.revise_template(template, {"quota": rule}, reason="按厂办法", by=user(world.lijianguo))
    cycle = cases.shown(world)
    cases.see_all(cycle)
    cases.grade_all(world, cycle, "优秀")
    with pytest.raises(Refused, match="厂考核办法第九条"):
        signing.sign_cycle(fresh(cycle), by=user(world.lijianguo))


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
    cycle = cases.sign_all(world, cycle)
    with pytest.raises(Refused, match="不公布"):
        outcomes.publish_cycle(cycle, by=user(world.lijianguo))
