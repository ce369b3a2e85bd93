"""The demo's 述职评议: the chiefs' last year published, two quarters of the 班子 signed, the chiefs' year with its ballots open (M5, M6)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ronghe.accounts.models import User
from ronghe.appraisal.actions import ballots, count, cycles, onsite, outcomes, pay, reports, signing, templates
from ronghe.appraisal.models import Cycle, Judge, Outcome, Report, Signature, Template
from ronghe.appraisal.queries.onsite import SCORE_CODE, prefill_onsite
from ronghe.appraisal.rules.onsite import Answer
from ronghe.appraisal.rules.periods import days_of, propose_period
from ronghe.figures.models import Figure
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
LAST_BEGUN = 9  # after this month the year's round is that of the year itself
HEARD = 12  # of twenty judges, in last year's round of the chiefs: more than the least turnout
JUDGED = 36  # of the running round: enough to see the turnout, few enough to leave the visitor a ballot


def appraise(loaded: Loaded, area: str) -> Story:
    """Adopt the templates; live through last year of the chiefs and two quarters of the 班子; leave the chiefs' year with open ballots."""
    today = loaded.world.today
    year = today.year if today.month > LAST_BEGUN else today.year - 1  # of the chiefs' round that is under way
    began = date(year, 1, 5)
    yield moment_of(began, 9)
    templates.adopt_templates(loaded.units[area], by=loaded.holder("branch_secretary", area, began))
    if area != "A1":
        return
    yield from judge_round(loaded, area, "chief-year", str(year - 1), began + timedelta(days=1), 1, HEARD)
    set_pay(loaded, area, began + timedelta(days=30))
    for place, quarter in enumerate(list_quarters(today)):
        yield from judge_leaders(loaded, area, quarter, place)
    yield from begin_chiefs(loaded, area, str(year))


def set_pay(loaded: Loaded, area: str, day: date) -> None:
    """Set the rules, one of a pool's own, and three pools: 班子, 管理, 一线."""
    unit = loaded.units[area]
    boss = loaded.holder("branch_secretary", area, day)
    known = {row.code: row for row in Template.objects.filter(area=unit, valid_to=None)}

    def bands(code: str, *values: str) -> list[dict[str, Any]]:
        return [{"grade": grade, "coefficient": value} for grade, value in zip(outcomes.list_grades(known[code]), values, strict=True)]

    basis = "绩效考核办法(示例)"
    for code, share in (("leader-quarter", Decimal(0)), ("chief-year", Decimal(40))):
        pay.set_pay_rule(known[code], bands=bands(code, "1.2", "1.0", "0.8", "0.5"), unit_share=share, basis=basis, reason="", by=boss)
    lines = (
        ("leader-quarter", "leaders", "班子", ["area"], False), ("chief-year", "offices", "管理", ["office"], True),
        ("chief-year", "first-line", "一线", ["station"], False),
    )  # fmt: skip
    for code, pool, name, kinds, own in lines:
        made = pay.add_pool(known[code], code=pool, name=name, kinds=kinds, own_rule=own, basis=basis, by=boss)
        if own:
            pay.set_pay_rule(
                known[code], pool=made, bands=bands(code, "1.15", "1.0", "0.85", "0.5"), unit_share=Decimal(20), basis=basis, reason="",
                by=boss,
            )  # fmt: skip


def check_on_site(loaded: Loaded, area: str) -> Story:
    """The last two quarters' checks on the spot in the quarter's last days, their marks in its last month; this quarter's opened today."""
    unit, today = loaded.units[area], loaded.world.today
    for number, quarter in enumerate(list_checked(today) if area == "A1" else []):
        day = days_of(quarter)[1] - timedelta(days=12)
        yield moment_of(day, 9)
        boss = loaded.holder("branch_secretary", area, day)
        found = onsite.open_check_round(
            unit, quarter=quarter, due=day + timedelta(days=9), basis="《党小组考核评价办法》季度考核的规定(待确认)", by=boss
        )
        yield moment_of(day + timedelta(days=7), 16)
        able = set(list_takers(unit.pk).values_list("pk", flat=True))
        for place, sheet in enumerate(found.sheets.select_related("round", "unit", "checker").order_by("pk")):
            if sheet.checker_id not in able:
                continue  # gone in between: it waits to be passed on
            answers = [judge_line(place, line.order, number) for line in sheet.lines.all()]
            onsite.file_sheet(
                sheet, answers, note="现场看了台账、井场和班前会。", once=f"demo-{quarter}-{place}", by=account(sheet.checker)
            )
        take_marks(loaded, area, f"{days_of(quarter)[1]:%Y-%m}")
    quarter = f"{today.year}Q{(today.month - 1) // 3 + 1}"
    if area == "A1" and quarter not in list_checked(today):
        yield moment_of(today, 8, 10)
        onsite.open_check_round(
            unit,
            quarter=quarter,
            due=today + timedelta(days=20),
            basis="《党小组考核评价办法》季度考核的规定(待确认)",
            by=loaded.holder("branch_secretary", area, today),
        )


def list_checked(today: date) -> list[str]:
    """Return the last two quarters whose check is over by now, the earlier first."""
    quarters = {propose_period("quarter", today - timedelta(days=back)) for back in range(0, 400, 20)} | {
        f"{today.year}Q{(today.month - 1) // 3 + 1}"
    }
    return sorted(quarter for quarter in quarters if days_of(quarter)[1] - timedelta(days=5) < today)[-2:]


def take_marks(loaded: Loaded, area: str, period: str) -> None:
    """Put the sheets' marks into a month whose figures are written already; a month that is still to be lived through takes them itself."""
    indicator = loaded.indicators[area, SCORE_CODE]
    for (unit, _indicator), offer in prefill_onsite(loaded.units[area].pk, period, [indicator]).items():
        rows = Figure.objects.filter(unit_id=unit, indicator=indicator, period=period, in_force=True)
        rows.update(actual=offer.value, note=offer.note)


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
    yield from judge_round(loaded, area, "leader-quarter", quarter, days_of(quarter)[1] + timedelta(days=3), place)


def judge_round(loaded: Loaded, area: str, code: str, period: str, day: date, seed: int, share: int = 20) -> Story:
    """One round from its opening to the signatures; of twenty judges `share` judge."""
    yield moment_of(day, 9)
    boss = lambda on: loaded.holder("branch_secretary", area, on)  # noqa: E731
    template = Template.objects.get(area=loaded.units[area], code=code, valid_to=None)
    cycle = cycles.open_cycle(template, period=period, report_due=day + timedelta(days=7), by=boss(day))
    yield moment_of(day + timedelta(days=6), 15)
    for report in Report.objects.filter(cycle=cycle).select_related("cycle__template", "person"):
        present(report)
    yield moment_of(day + timedelta(days=8), 9)
    cycle = ballots.open_ballots(fresh(cycle), due=day + timedelta(days=12), by=boss(day + timedelta(days=8)))
    yield moment_of(day + timedelta(days=10), 10)
    judges = Judge.objects.filter(cycle=cycle).select_related("person__user").order_by("pk")
    cast_some(cycle, [judge for place, judge in enumerate(judges) if place * 7 % 20 < share], seed)
    yield moment_of(day + timedelta(days=13), 9)
    cycle = count.count_ballots(fresh(cycle), by=boss(day + timedelta(days=13)))
    yield moment_of(day + timedelta(days=14), 10)
    outcomes.give_counts(cycle, {}, by=loaded.holder("discipline_member", area, day + timedelta(days=14)))
    outcomes.show_outcomes(fresh(cycle), by=boss(day + timedelta(days=14)))
    yield moment_of(day + timedelta(days=16), 11)
    for outcome in Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__person__user"):
        outcomes.note_seen(outcome, by=account(outcome.report.person))
    on = day + timedelta(days=20)
    yield moment_of(on, 15)
    grade_and_sign(loaded, area, on, cycle)
    if template.scope == "area":
        yield moment_of(on + timedelta(days=1), 9)
        outcomes.publish_cycle(fresh(cycle), by=boss(on + timedelta(days=1)))


def grade_and_sign(loaded: Loaded, area: str, on: date, cycle: Cycle) -> None:
    """Grade as computed and sign, each part by those whom the template names: the committee above for 书记 and 经理."""
    plant = next(row.code for row in loaded.world.organisations if row.kind == "plant")
    fillers = {
        "secretary": loaded.holder("branch_secretary", area, on),
        "manager": loaded.holder("area_manager", area, on),
        "upper": loaded.holder("upper_committee", plant, on),
    }
    for outcome in Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__cycle__template"):
        by = fillers["upper" if outcome.report.part == "own" else "secretary"]
        reason = "与述职、得分相符" if outcome.report.part == "own" else "与得分相符,班子没有不同意见"
        outcomes.grade_outcome(outcome, grade=outcome.proposed or "称职", reason=reason, by=by)
    for who in Signature.objects.filter(cycle=cycle, person=None).values_list("who", flat=True):
        signing.sign_cycle(fresh(cycle), by=fillers[who])


def begin_chiefs(loaded: Loaded, area: str, year: str) -> Story:
    """The chiefs' year: opened nine days ago, one report late, ballots open since this morning."""
    today = loaded.world.today
    begun = today - timedelta(days=9)
    yield moment_of(begun, 10)
    known = {row.code: row for row in Template.objects.filter(area=loaded.units[area], valid_to=None)}
    template = known["chief-year"]
    boss = loaded.holder("branch_secretary", area, begun)
    cycle = cycles.open_cycle(template, period=year, report_due=today - timedelta(days=1), by=boss)
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
