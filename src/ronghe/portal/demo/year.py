"""The demo's year: figures month by month, confirmed, scored, published; the last two months by the product's own actions."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings

from ronghe.appraisal.queries.onsite import SCORE_CODE, prefill_onsite
from ronghe.assessment.actions.publication import finalise_run, publish_run
from ronghe.assessment.actions.runs import run_month
from ronghe.assessment.actions.schemes import adopt_scheme, publish_scheme
from ronghe.assessment.models import Run
from ronghe.common.calendar import add_working_days
from ronghe.figures.actions.adjustments import ask_adjustment, decide_adjustment
from ronghe.figures.actions.batches import save_batch, submit_batch
from ronghe.figures.actions.periods import open_period
from ronghe.figures.actions.reviews import confirm_batch, return_batch
from ronghe.figures.models import Batch, Figure, ReportingPeriod
from ronghe.figures.queries.periods import propose_dates
from ronghe.figures.rules import Entry, first_day
from ronghe.meetings.queries.norms import prefill_org_life
from ronghe.notices.models import Notice
from ronghe.outlook.actions import refresh_all
from ronghe.portal.demo import batches as scripts
from ronghe.portal.demo.appraisals import appraise, check_on_site
from ronghe.portal.demo.archive import keep_papers
from ronghe.portal.demo.capability import grow_people
from ronghe.portal.demo.chases import chase_from_month
from ronghe.portal.demo.coaching import coach, follow_coaching
from ronghe.portal.demo.concerns import raise_concerns
from ronghe.portal.demo.cures import cure_gaps
from ronghe.portal.demo.decisions import decide_year
from ronghe.portal.demo.diary import Story, live_through
from ronghe.portal.demo.displays import show_months
from ronghe.portal.demo.doubts import object_in_month
from ronghe.portal.demo.duties import divide_work
from ronghe.portal.demo.goals import plan_year, tally_months
from ronghe.portal.demo.guides import keep_month_lists
from ronghe.portal.demo.initiatives import gather_ideas
from ronghe.portal.demo.letters import be_away, issue_lists, sign_year
from ronghe.portal.demo.load import Loaded, area_of, moment_of
from ronghe.portal.demo.meetings import hold_meetings
from ronghe.portal.demo.months import first_of_month, name_period
from ronghe.portal.demo.other_years import draft_next, plan_past
from ronghe.portal.demo.schemes import write_next_year
from ronghe.portal.demo.series import Exemption
from ronghe.portal.demo.series import Figure as DemoFigure
from ronghe.portal.demo.stationing import visit_stations
from ronghe.portal.demo.supervision import follow_board, follow_works, make_known, run_works, supervise, tend_weeks, watch_numbers
from ronghe.portal.demo.tokens import give_tokens
from ronghe.portal.demo.tracing import trace_findings

NO_SHEET = "本季没有检查单"
LIVED_MONTHS = 2  # of these every step is an action of its own; before them batches are written set-based
SCORED_MONTHS = 12
COMPARED_MONTHS = 3  # before them: scored without their stories, so that the newest months stand beside the same ones of last year


def live_year(loaded: Loaded) -> None:
    """Live through the demo's months, both areas side by side, in the order of the days."""
    world = loaded.world
    current = first_of_month(world.today)
    script = group_batches(loaded)
    figures = group_figures(loaded)
    months = sorted({row.period for row in loaded.series.figures})
    stories: list[Story] = []
    for area in (row.code for row in world.organisations if row.kind == "area"):
        stories.append(put_scheme_in_force(loaded, area, months[0]))
        for period in months:
            back = months_between(first_day(period), current)
            rows = script[area, period]
            if back > LIVED_MONTHS:
                write_month(loaded, area, period, rows, figures)
            else:
                stories.append(open_month(loaded, area, period))
                stories += [live_batch(loaded, area, period, row, figures, number) for number, row in enumerate(rows)]
            stories += ask_for_relief(loaded, area, period)
            if 1 < back <= SCORED_MONTHS:
                stories.append(score_month(loaded, area, period))
                stories += object_in_month(loaded, area, period, back)
                stories += cure_gaps(loaded, area, period, back)
                stories += chase_from_month(loaded, area, period, back)
            if SCORED_MONTHS < back <= SCORED_MONTHS + COMPARED_MONTHS:
                stories.append(score_month(loaded, area, period))
            if back == 1:
                stories.append(preview_month(loaded, area, period))
        stories.append(open_current(loaded, area, name_period(current)))
        stories.append(write_next_year(loaded, area))
        stories.append(keep_month_lists(loaded, area))
        stories += gather_ideas(loaded, area)
        stories.append(give_tokens(loaded, area))
        stories += visit_stations(loaded, area)
        stories += raise_concerns(loaded, area)
        stories += grow_people(loaded, area)
        stories += trace_findings(loaded, area)
        stories.append(keep_papers(loaded, area))
        stories += [*follow_board(loaded, area), *follow_works(loaded, area)]
        stories += [supervise(loaded, area), run_works(loaded, area), make_known(loaded, area), watch_numbers(loaded, area)]
        if world.today > date(world.today.year, 1, 10):
            stories.append(divide_work(loaded, area))
        if world.today > date(world.today.year, 1, 31):
            stories += [issue_lists(loaded, area), sign_year(loaded, area), be_away(loaded, area)]
        if world.today > date(world.today.year, 1, 20):
            stories.append(hold_meetings(loaded, area))
            stories += decide_year(loaded, area)
        if world.today > date(world.today.year, 1, 10):
            stories.append(plan_year(loaded, area))
            stories.append(tally_months(loaded, area))
        stories += [appraise(loaded, area), check_on_site(loaded, area)]
        stories += [coach(loaded, area), *follow_coaching(loaded, area), show_months(loaded, area)]
        stories += [plan_past(loaded, area), draft_next(loaded, area)]
    stories.append(tend_weeks(loaded))
    stories.append(forecast_year(loaded))
    live_through(stories)
    Notice.objects.filter(at__lt=moment_of(world.today, 0)).update(read_at=moment_of(world.today, 0))


def group_batches(loaded: Loaded) -> dict[tuple[str, str], list[scripts.Batch]]:
    """Return (area, period) → the batches of its units; an office that is also a station for itself hands in once."""
    grouped: dict[tuple[str, str], dict[str, scripts.Batch]] = defaultdict(dict)
    for row in scripts.list_batches(loaded.world):
        known = grouped[row.area, row.period].get(row.unit)
        if known is None or row.state != "confirmed":
            grouped[row.area, row.period][row.unit] = row
    return {key: list(rows.values()) for key, rows in grouped.items()}


def group_figures(loaded: Loaded) -> dict[tuple[str, str], list[DemoFigure]]:
    """Return (reporting unit, period) → the figures that it hands in."""
    grouped = defaultdict(list)
    for row in loaded.series.figures:
        indicator = loaded.indicators[area_of(row.unit), row.indicator]
        reporter = row.unit if indicator.reported_by is None else indicator.reported_by.code
        grouped[reporter, row.period].append(row)
    return grouped


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def put_scheme_in_force(loaded: Loaded, area: str, period: str) -> Story:
    """Adopt the default scheme before the first month; a second person puts it in force."""
    text = (settings.PACKS_DIR / "scheme-group-station.toml").read_text(encoding="utf-8")
    day = first_day(period) - timedelta(days=20)
    unit = loaded.units[area]
    yield moment_of(day, 9)
    scheme = adopt_scheme(unit, text, by=loaded.holder("indicator_admin", area, day))
    yield moment_of(day + timedelta(days=1), 10)
    publish_scheme(scheme, by=loaded.holder("branch_secretary", area, day), valid_from=period)


def write_month(
    loaded: Loaded, area: str, period: str, rows: list[scripts.Batch], figures: dict[tuple[str, str], list[DemoFigure]]
) -> None:
    """Write a month long past: its period, batches and figures in force, set-based."""
    unit = loaded.units[area]
    dates = propose_dates(period)
    month = ReportingPeriod.objects.create(
        area=unit, period=period, opens_on=dates.opens_on, due_on=dates.due_on, closes_on=dates.closes_on,
        asked_at=moment_of(dates.opens_on, 8),
    )  # fmt: skip
    batches = []
    for number, row in enumerate(rows, 1):
        author = loaded.people[row.reporter].user
        batches.append(
            Batch(
                area=unit,
                unit=loaded.units[row.unit],
                period=month,
                number=f"{period.replace('-', '')}-{area}-{number:03d}",
                source=Batch.Source.SHEET,
                state=Batch.State.CONFIRMED,
                author=author,
                hands=[author.pk],
                submitted_at=moment_of(row.submitted_on or dates.due_on, 15),
                decided_by=loaded.people[row.reviewer].user,
                decided_at=moment_of(row.reviewed_on or dates.closes_on, 10),
                version=1,
            )
        )
    Batch.objects.bulk_create(batches)
    Figure.objects.bulk_create(
        (
            Figure(
                area=unit,
                batch=batch,
                unit=loaded.units[row.unit],
                indicator=loaded.indicators[area, row.indicator],
                period=period,
                actual=row.actual,
                note=row.remark[:300] or (NO_SHEET if row.indicator == SCORE_CODE else ""),
                in_force=True,
                version=1,
            )
            for batch in batches
            for row in figures.get((batch.unit.code, period), [])
            if row.actual is not None or row.remark or (row.indicator == SCORE_CODE and is_quarters_last(period))
        ),
        batch_size=1000,
    )


def open_month(loaded: Loaded, area: str, period: str) -> Story:
    """Open a month for reporting; the last one stays open so that a visitor can carry on with it."""
    dates = propose_dates(period)
    today = loaded.world.today
    still_open = months_between(first_day(period), first_of_month(today)) == 1
    opens = min(dates.opens_on, today)
    yield moment_of(opens, 8)
    open_period(
        loaded.units[area],
        period=period,
        opens_on=opens,
        due_on=dates.due_on,
        closes_on=max(dates.closes_on, today + timedelta(days=5)) if still_open else dates.closes_on,
        by=loaded.holder("indicator_admin", area, dates.opens_on),
    )


def is_quarters_last(period: str) -> bool:
    return int(period[5:7]) % 3 == 0


def live_batch(
    loaded: Loaded, area: str, period: str, row: scripts.Batch, figures: dict[tuple[str, str], list[DemoFigure]], number: int
) -> Story:
    """Hand in and review one batch by the product's own actions, at their dates."""
    day = clamp(row.submitted_on, propose_dates(period).opens_on, loaded.world.today)
    minute = number % 60
    yield moment_of(day, 14, minute)
    month = ReportingPeriod.objects.get(area=loaded.units[area], period=period)
    author = loaded.user(row.reporter)
    sheets = prefill_onsite(loaded.units[area].pk, period, [loaded.indicators[area, SCORE_CODE]])
    entries = []
    for one in figures.get((row.unit, period), []):
        indicator, unit_id = loaded.indicators[area, one.indicator], loaded.units[one.unit].pk
        if one.indicator != SCORE_CODE:
            entries.append(Entry(unit_id, indicator.pk, one.actual, one.remark[:300]))
        elif indicator.is_asked_in(period):
            offer = sheets.get((unit_id, indicator.pk))
            entries.append(Entry(unit_id, indicator.pk, offer.value if offer else None, offer.note if offer else NO_SHEET))
    life = loaded.indicators[area, "org_life"]
    held = prefill_org_life(month.area_id, period, [life])
    entries = [replace(one, actual=held[key].value) if (key := (one.unit_id, one.indicator_id)) in held else one for one in entries]
    batch = save_batch(month, loaded.units[row.unit], entries=entries, source=Batch.Source.SHEET, by=author)
    batch = submit_batch(batch, by=author)
    if row.state == "submitted":
        return
    yield moment_of(clamp(row.reviewed_on, day, loaded.world.today), 16, minute)
    reviewer = loaded.user(row.reviewer)
    if row.state == "returned":
        return_batch(batch, reason=row.note, by=reviewer)
    else:
        confirm_batch(batch, by=reviewer)


def clamp(day: date | None, first: date, last: date) -> date:
    return min(max(day or first, first), last)


def ask_for_relief(loaded: Loaded, area: str, period: str) -> list[Story]:
    """Ask for the adjusted targets of the month; the approved ones are decided by the deputy for business."""
    return [ask_for_one(loaded, area, row) for row in loaded.series.exemptions if row.period == period and area_of(row.unit) == area]


def ask_for_one(loaded: Loaded, area: str, row: Exemption) -> Story:
    day = propose_dates(row.period).due_on
    asker = loaded.world.find_holders("station_chief", row.unit, day)
    yield moment_of(min(day, loaded.world.today), 9)
    asked = ask_adjustment(
        loaded.units[row.unit],
        loaded.indicators[area, row.indicator],
        period=row.period,
        kind="target",
        target=row.adjusted,
        reason=row.reason,
        proof=(f"{row.proof}\n(演示数据中的证明材料,内容从略)\n".encode(), f"{row.proof.split('、')[0]}.txt"),
        by=loaded.user(asker[0]),
    )
    if row.state == "approved":
        yield moment_of(min(day, loaded.world.today), 11)
        decide_adjustment(asked, approve=True, note="情况属实", by=loaded.holder("deputy_business", area, day))


def score_month(loaded: Loaded, area: str, period: str) -> Story:
    """Run the month, show it for three working days, let it take effect."""
    ran = propose_dates(period).closes_on
    unit = loaded.units[area]
    yield moment_of(ran, 9)
    run = run_month(unit, period, by=loaded.holder("indicator_admin", area, ran))
    Run.objects.filter(pk=run.pk).update(created_at=moment_of(ran, 9))
    yield moment_of(ran, 16)
    run = publish_run(run, by=loaded.holder("branch_secretary", area, ran))
    final = add_working_days(run.shown_until or ran, 1)
    if final <= loaded.world.today:
        yield moment_of(final, 8)
        finalise_run(run, by=loaded.holder("branch_secretary", area, final))


def preview_month(loaded: Loaded, area: str, period: str) -> Story:
    """Run last month as far as it is reported: a preview that waits for the secretary."""
    today = loaded.world.today
    yield moment_of(today, 8, 30)
    run_month(loaded.units[area], period, by=loaded.holder("indicator_admin", area, today))


def forecast_year(loaded: Loaded) -> Story:
    """Let the worker's last act be the forecast of every area."""
    yield moment_of(loaded.world.today, 18)
    refresh_all(loaded.world.today)


def open_current(loaded: Loaded, area: str, period: str) -> Story:
    """Open the running month early, so that there is something to fill in."""
    dates = propose_dates(period)
    opens = min(dates.opens_on, loaded.world.today)
    yield moment_of(opens, 8)
    open_period(
        loaded.units[area],
        period=period,
        opens_on=opens,
        due_on=max(dates.due_on, opens),
        closes_on=max(dates.closes_on, opens),
        by=loaded.holder("indicator_admin", area, opens),
    )
