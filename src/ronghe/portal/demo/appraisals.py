"""The demo's 述职评议: two quarters of the 班子 finished, the chiefs' year under way with its ballots open (M5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ronghe.accounts.models import User
from ronghe.appraisal.actions import ballots, count, cycles, onsite, outcomes, pay, reports, templates
from ronghe.appraisal.models import Cycle, Judge, Outcome, Report, Template
from ronghe.appraisal.rules.onsite import Answer
from ronghe.appraisal.rules.periods import days_of, propose_period
from ronghe.org.models import Person
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.rectification.queries import list_takers

WORDS = {
    "business": "分管业务按月盯进度,红灯指标逐项定了措施;完成情况见所附事实。",
    "party": "按分工抓支委职责,到期节点都有结果;没有完成的已写进下面的问题。",
    "problems": "1. 个别指标前松后紧,月初盯得不够。2. 到站里听意见偏少。",
    "cures": "1. 每月 10 日前逐项过一遍进度。2. 每周至少半天在站里,问题当场登记、限期答复。",
    "integrity": "没有违反廉洁规定的情况,分管范围的三个风险点按季检查。",
}
LATE = "linxiaoyan"  # who has not presented: an account that a visitor can try
JUDGED = 36  # of the running round: enough to see the turnout, few enough to leave the visitor a ballot


def appraise(loaded: Loaded, area: str) -> Story:
    """Adopt the templates; live through two quarters of the 班子; leave the chiefs' year with open ballots."""
    today = loaded.world.today
    quarters = list_quarters(today)
    adopted = days_of(quarters[0])[1] + timedelta(days=1)
    yield moment_of(adopted, 9)
    templates.adopt_templates(loaded.units[area], by=loaded.holder("branch_secretary", area, adopted))
    if area != "A1":
        return
    for place, quarter in enumerate(quarters):
        yield from judge_leaders(loaded, area, quarter, place)
    yield from begin_chiefs(loaded, area)


def check_on_site(loaded: Loaded, area: str) -> Story:
    """The last two quarters' checks on the spot: the earlier complete, the later still going on where three weeks have not passed."""
    unit, today = loaded.units[area], loaded.world.today
    for number, quarter in enumerate(list_quarters(today) if area == "A1" else []):
        day = days_of(quarter)[1] + timedelta(days=5)
        yield moment_of(day, 9)
        boss = loaded.holder("branch_secretary", area, day)
        found = onsite.open_check_round(
            unit, quarter=quarter, due=day + timedelta(days=14), basis="《党小组考核评价办法》季度考核的规定(待确认)", by=boss
        )
        yield moment_of(day + timedelta(days=9), 16)
        able = set(list_takers(unit.pk).values_list("pk", flat=True))
        for place, sheet in enumerate(found.sheets.select_related("round", "unit", "checker").order_by("pk")):
            if sheet.checker_id not in able:
                continue  # gone in between: it waits to be passed on
            answers = [judge_line(place, line.order, number) for line in sheet.lines.all()]
            onsite.file_sheet(
                sheet, answers, note="现场看了台账、井场和班前会。", once=f"demo-{quarter}-{place}", by=account(sheet.checker)
            )
    if area == "A1":
        yield moment_of(today, 8, 10)
        quarter = f"{today.year}Q{(today.month - 1) // 3 + 1}"
        onsite.open_check_round(
            unit,
            quarter=quarter,
            due=today + timedelta(days=20),
            basis="《党小组考核评价办法》季度考核的规定(待确认)",
            by=loaded.holder("branch_secretary", area, today),
        )


def judge_line(place: int, line: int, number: int) -> Answer:
    """Return what was seen: nearly all is done, a few lines are not."""
    drawn = (place * 13 + line * 7 + number * 5) % 41
    if drawn == 3:
        return Answer("none", "台账没有记录,问了两名员工也不知道。")
    return Answer("part", "做了,缺最近一个月的记录。") if drawn == 11 else Answer("na" if drawn == 19 else "full")


def list_quarters(today: date) -> list[str]:
    """Return the last two quarters whose round is over by now, the earlier first."""
    found: list[str] = []
    day = today
    while len(found) < 2:
        quarter = propose_period("quarter", day - timedelta(days=10))
        if days_of(quarter)[1] + timedelta(days=30) <= today and quarter not in found:
            found.append(quarter)
        day -= timedelta(days=20)
    return found[::-1]


def judge_leaders(loaded: Loaded, area: str, quarter: str, place: int) -> Story:
    """One quarter of the 班子 from its opening to the signatures."""
    end = days_of(quarter)[1]
    day = end + timedelta(days=3)
    yield moment_of(day, 9)
    boss = lambda on: loaded.holder("branch_secretary", area, on)  # noqa: E731
    template = Template.objects.get(area=loaded.units[area], code="leader-quarter", valid_to=None)
    cycle = cycles.open_cycle(template, period=quarter, report_due=day + timedelta(days=7), by=boss(day))
    yield moment_of(day + timedelta(days=6), 15)
    for report in Report.objects.filter(cycle=cycle).select_related("cycle__template", "person"):
        present(report)
    yield moment_of(day + timedelta(days=8), 9)
    cycle = ballots.open_ballots(fresh(cycle), due=day + timedelta(days=12), by=boss(day + timedelta(days=8)))
    yield moment_of(day + timedelta(days=10), 10)
    cast_some(cycle, Judge.objects.filter(cycle=cycle).select_related("person__user").order_by("pk"), place)
    yield moment_of(day + timedelta(days=13), 9)
    cycle = count.count_ballots(fresh(cycle), by=boss(day + timedelta(days=13)))
    yield moment_of(day + timedelta(days=14), 10)
    outcomes.give_counts(cycle, {}, by=loaded.holder("discipline_member", area, day + timedelta(days=14)))
    outcomes.show_outcomes(fresh(cycle), by=boss(day + timedelta(days=14)))
    yield moment_of(day + timedelta(days=16), 11)
    results = list(Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__person__user"))
    for outcome in results:
        outcomes.note_seen(outcome, by=account(outcome.report.person))
    yield moment_of(day + timedelta(days=19), 15)
    on = day + timedelta(days=19)
    secretary, manager = boss(on), loaded.holder("area_manager", area, on)
    for outcome in results:
        by = manager if outcome.report.person.user_id == secretary.pk else secretary
        outcomes.grade_outcome(outcome, grade=outcome.proposed or "称职", reason="与得分相符,班子没有不同意见", by=by)
    outcomes.sign_cycle(fresh(cycle), by=secretary)
    outcomes.sign_cycle(fresh(cycle), by=manager)


def begin_chiefs(loaded: Loaded, area: str) -> Story:
    """The chiefs' year: opened nine days ago, one report late, ballots open since this morning."""
    today = loaded.world.today
    begun = today - timedelta(days=9)
    yield moment_of(begun, 10)
    known = {row.code: row for row in Template.objects.filter(area=loaded.units[area], valid_to=None)}
    template = known["chief-year"]
    boss = loaded.holder("branch_secretary", area, begun)
    cycle = cycles.open_cycle(template, period=propose_period("year", today), report_due=today - timedelta(days=1), by=boss)
    for code, share in (("leader-quarter", Decimal(0)), ("chief-year", Decimal(40))):
        grades = zip(outcomes.list_grades(known[code]), ("1.2", "1.0", "0.8", "0.5"), strict=True)
        bands = [{"grade": grade, "coefficient": value} for grade, value in grades]
        pay.set_pay_rule(known[code], bands=bands, unit_share=share, basis="绩效考核办法(示例)", reason="", by=boss)
    yield moment_of(today - timedelta(days=2), 16)
    waiting = list(Report.objects.filter(cycle=cycle).select_related("cycle__template", "person__user").order_by("pk"))
    late = next((report for report in waiting if report.person.user and report.person.user.username == LATE), waiting[-1])
    for report in waiting:
        if report.pk != late.pk:
            present(report)
    yield moment_of(today, 7)
    cycle = ballots.open_ballots(fresh(cycle), due=today + timedelta(days=5), by=loaded.holder("branch_secretary", area, today))
    logins = {row.login for row in loaded.world.accounts}  # the accounts that a visitor is given keep their ballots
    judges = Judge.objects.filter(cycle=cycle).exclude(person__user__username__in=logins).select_related("person__user").order_by("pk")
    cast_some(cycle, judges[:JUDGED], 2)


def present(report: Report) -> None:
    answers = {one["code"]: WORDS.get(one["code"], "见事实。") for one in report.cycle.template.form}
    reports.present_report(report, answers, by=account(report.person))


def cast_some(cycle: Cycle, judges: Iterable[Judge], seed: int) -> None:
    """Let these judges judge, each a little differently, mostly well."""
    items = len(cycle.template.items)
    for place, judge in enumerate(judges):
        seats = list(judge.seats.values_list("report_id", flat=True).order_by("report_id"))
        marks = {pk: [choose(place, number, item, seed) for item in range(items)] for number, pk in enumerate(seats)}
        ballots.cast_ballot(cycle, marks, by=account(judge.person))


def choose(judge: int, subject: int, item: int, seed: int) -> int:
    """Return a level: 优秀 for most, 称职 for some, seldom less."""
    drawn = (judge * 7 + subject * 11 + item * 5 + seed * 3) % 19
    return 0 if drawn < 11 else 1 if drawn < 17 else 2


def fresh(cycle: Cycle) -> Cycle:
    return Cycle.objects.get(pk=cycle.pk)


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)
