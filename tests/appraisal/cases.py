"""What the tests of 述职评议 share: a round in each stage, reached through the actions that people take."""

from datetime import timedelta
from decimal import Decimal

from ronghe.accounts.models import User
from ronghe.appraisal.actions import ballots, count, cycles, doubts, outcomes, reports, signing, templates
from ronghe.appraisal.actions.pay import add_pool, set_pay_rule
from ronghe.appraisal.models import Outcome, Report, Signature, Template
from ronghe.common.calendar import today
from tests.people import make_person
from tests.stage import staged

YEAR = str(today().year)
WORDS = {
    "business": "产量完成计划",
    "party": "党小组达标",
    "problems": "躺井偏多",
    "cures": "三月底前换泵",
    "integrity": "",
    "work": "巡检",
    "month": "无",
}
STAFF = 6  # more in 注采一站, so that its staff make a group of their own


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@staged
def adopt(world):
    templates.adopt_templates(world.area, by=user(world.lijianguo))
    return {row.code: row for row in Template.objects.filter(area=world.area)}


@staged
def add_staff(world, number=STAFF):
    return [make_person(world, f"职工{n}", f"zhigong{n}", world.unit["注采一站"]) for n in range(number)]


@staged
def open_round(world, code="chief-year", period=YEAR):
    known = Template.objects.filter(area=world.area, code=code, valid_to=None).first()
    template = known or adopt(world)[code]
    return cycles.open_cycle(template, period=period, report_due=today() + timedelta(days=3), by=user(world.lijianguo))


def present(report):
    answers = {one["code"]: WORDS[one["code"]] for one in report.cycle.template.form}
    return reports.present_report(fresh(report), answers, by=user(report.person))


def present_all(cycle):
    for report in cycle.reports.all():
        present(report)
    return fresh(cycle)


@staged
def ballot(world, code="chief-year", period=YEAR):
    cycle = present_all(open_round(world, code, period))
    return ballots.open_ballots(cycle, due=today() + timedelta(days=3), by=user(world.lijianguo))


def marks_for(cycle, person, level=0):
    """A ballot: the same level for everybody whom the person judges."""
    seats = cycle.judges.get(person=person).seats.all()
    return {seat.report_id: [level] * len(cycle.template.items) for seat in seats}


def cast(cycle, person, level=0):
    ballots.cast_ballot(fresh(cycle), marks_for(cycle, person, level), by=user(person))


def cast_all(cycle, levels=None):
    for place, judge in enumerate(cycle.judges.select_related("person").order_by("pk")):
        level = levels(place, judge.person) if levels else 0
        cast(cycle, judge.person, level)
    return fresh(cycle)


@staged
def counted(world, code="chief-year", levels=None):
    return count.count_ballots(cast_all(ballot(world, code), levels), by=user(world.lijianguo))


@staged
def given(world, code="chief-year", values=None, levels=None):
    return outcomes.give_counts(counted(world, code, levels), values or {}, by=user(world.zhengshuang))


@staged
def shown(world, code="chief-year", values=None, levels=None):
    return outcomes.show_outcomes(given(world, code, values, levels), by=user(world.lijianguo))


def result_of(cycle, person):
    return Outcome.objects.get(report__cycle=cycle, report__person=person, current=True)


def report_of(cycle, person):
    return Report.objects.get(cycle=cycle, person=person)


def see_all(cycle):
    for outcome in Outcome.objects.filter(report__cycle=cycle, current=True):
        outcomes.note_seen(outcome, by=user(outcome.report.person))


@staged
def grade_all(world, cycle, grade="称职"):
    for outcome in Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report"):
        by = world.gaoming if outcome.report.part == "own" else world.lijianguo
        outcomes.grade_outcome(outcome, grade=grade, reason="按分数", by=user(by))


@staged
def sign_all(world, cycle):
    """Everybody signs whose signature is wanting, the heads first."""
    fillers = {"secretary": world.lijianguo, "manager": world.wanghaitao, "upper": world.gaoming}
    for who in Signature.objects.filter(cycle=cycle, person=None).values_list("who", flat=True):
        signing.sign_cycle(fresh(cycle), by=user(fillers[who]))
    return fresh(cycle)


@staged
def signed(world, code="chief-year", levels=None):
    cycle = shown(world, code, levels=levels)
    see_all(cycle)
    grade_all(world, cycle)
    return sign_all(world, cycle)


@staged
def published(world, code="chief-year"):
    return outcomes.publish_cycle(signed(world, code), by=user(world.lijianguo))


@staged
def one_of_everything(world):
    """→ name of an address → its arguments: a round of chiefs with results, one with open ballots, an objection."""
    shown_round = shown(world)
    outcome = result_of(shown_round, world.liuhaitao)
    doubt = doubts.object_to_outcome(outcome, code="discipline", reason="没有被问责", by=user(world.liuhaitao))
    open_one = ballot(world, "leader-year")
    of_cycle = {"pk": shown_round.pk}
    from tests.appraisal import onsite_cases

    onsite_cases.issue_duties(world, "注采二站")
    found = onsite_cases.open_round(world)
    checked = onsite_cases.fill(onsite_cases.sheet_of(world, "注采二站"), p1="none")
    pool = add_pool(
        shown_round.template, code="line", name="一线", kinds=["station"], own_rule=True, basis="办法", by=user(world.lijianguo)
    )
    set_pay_rule(
        shown_round.template, bands=[{"grade": grade, "coefficient": "1"} for grade in outcomes.list_grades(shown_round.template)], unit_share=Decimal(30),
        basis="厂绩效办法", reason="", by=user(world.lijianguo),
    )  # fmt: skip
    return {
        "appraisal:check-round": {"pk": found.pk},
        "appraisal:check-export": {"pk": found.pk},
        "appraisal:sheet": {"pk": checked.pk},
        "appraisal:pool": {"pk": pool.pk},
        "appraisal:pool-rule": {"pk": pool.pk},
        "appraisal:pool-end": {"pk": pool.pk},
        "appraisal:invitations": {"pk": open_one.pk},
        "appraisal:template": {"pk": shown_round.template_id},
        "appraisal:cycle": of_cycle,
        "appraisal:codes": {"pk": open_one.pk, "group": "delegates"},
        "appraisal:counts": of_cycle,
        "appraisal:ballot": {"pk": open_one.pk},
        "appraisal:report": {"pk": outcome.report_id},
        "appraisal:write": {"pk": outcome.report_id},
        "appraisal:draft": {"pk": outcome.report_id},
        "appraisal:outcome": {"pk": outcome.pk},
        "appraisal:grade": {"pk": outcome.pk},
        "appraisal:answer": {"pk": doubt.pk},
    }
