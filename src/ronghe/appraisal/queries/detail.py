"""What the page of a round, a report and a result shows, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.appraisal import permissions
from ronghe.appraisal.kinds import SIGNERS
from ronghe.appraisal.models import Code, Cycle, Doubt, Judge, NamedBallot, Outcome, Report, Seat, Tally
from ronghe.appraisal.queries.people import find_fillers
from ronghe.appraisal.rules.ballots import mean_of, plain, spread_of, to_cents
from ronghe.appraisal.rules.signing import OWN
from ronghe.appraisal.rules.steps import STAGES, days_late
from ronghe.assessment.kernel import read_scheme
from ronghe.common.calendar import today
from ronghe.documents.models import Document
from ronghe.org.models import Person
from ronghe.org.standing import standing_of

SIDE_NAMES = {"business": gettext_lazy("业务"), "party": gettext_lazy("党建"), "": gettext_lazy("综合")}


@dataclass(frozen=True)
class ReportLine:
    pk: int
    name: str
    unit: str
    title: str
    state: str
    light: str
    note: str
    url: str


def describe_report(report: Report, day: Any) -> tuple[str, str, str]:
    """Return (word, light, note) of a report: late is red, also once it was presented late."""
    if report.presented_at is not None:
        on = localdate(report.presented_at)
        late = days_late(report.cycle.report_due, on, day)
        return str(_("已述职")), "red" if late else "done", _("逾期 %(n)d 天") % {"n": late} if late else f"{on}"
    late = days_late(report.cycle.report_due, None, day)
    if late and report.cycle.state in ("reporting", "balloting"):
        return str(_("待述职")), "red", _("逾期 %(n)d 天") % {"n": late}
    over = report.cycle.state not in ("reporting", "balloting")
    return str(_("没有述职") if over else _("待述职")), "red" if over else "yellow", f"{report.cycle.report_due}"


def list_reports(cycle: Cycle, user: Any) -> list[ReportLine]:
    """Return the reports of a round: for those who keep it all of them, with their state; for others what they may read. Two queries."""
    may_read = set(Report.objects.visible_to(user).filter(cycle=cycle).order_by().values_list("pk", flat=True))
    rows = Report.objects.filter(cycle=cycle).select_related("person", "unit").order_by("pk")
    if not permissions.is_reader(user, cycle):
        rows = rows.filter(pk__in=may_read)
    day, lines = today(), []
    for report in rows:
        report.cycle = cycle
        word, light, note = describe_report(report, day)
        url = reverse("appraisal:report", args=[report.pk]) if report.pk in may_read else ""
        lines.append(ReportLine(report.pk, report.person.name, report.unit.name, report.post_title, word, light, note, url))
    return lines


@dataclass(frozen=True)
class Turnout:
    voted: int
    judges: int
    slips_used: int
    slips: int
    waiting: list[str]


def count_turnout(cycle: Cycle) -> Turnout:
    """Return how many have judged and who has not: never what anybody judged. Two queries."""
    judges = list(Judge.objects.filter(cycle=cycle).select_related("person").order_by("person__sort_key", "pk"))
    slips = list(Code.objects.filter(cycle=cycle, void=False).values_list("used", flat=True))
    waiting = [judge.person.name for judge in judges if not judge.voted]
    return Turnout(len(judges) - len(waiting), len(judges), sum(slips), len(slips), waiting)


def list_stages(cycle: Cycle) -> list[tuple[str, str]]:
    """Return (name, 'done' | 'now' | '') of the stages of a round."""
    if not cycle.template.is_judged:
        return [
            (str(_("述职")), "now" if cycle.state == "reporting" else "done"),
            (str(_("结束")), "done" if cycle.state == "ended" else ""),
        ]
    names = [_("述职"), _("民主测评"), _("计票核定"), _("本人核对"), _("签发"), _("公布")]
    names = names if cycle.template.scope == "area" else names[:-1]
    if cycle.state == "dropped":
        return [(str(name), "") for name in names]
    at = STAGES.index(cycle.state)
    at += cycle.state in ("signed", "published")  # these are reached, not under way
    return [(str(name), "done" if place < at else "now" if place == at else "") for place, name in enumerate(names)]


@dataclass(frozen=True)
class FactGroup:
    name: str
    facts: list[dict[str, str]]


def group_facts(facts: Sequence[Mapping[str, str]]) -> list[tuple[str, list[FactGroup]]]:
    """Return the facts by side (business, party, both) and kind, in the order in which they came."""
    sides = []
    for side in ("business", "party", ""):
        groups: dict[str, list[dict[str, str]]] = {}
        for fact in facts:
            if fact["side"] == side:
                groups.setdefault(fact["group"], []).append(dict(fact))
        if groups or side:
            sides.append((str(SIDE_NAMES[side]), [FactGroup(name, rows) for name, rows in groups.items()]))
    return sides


def list_answers(report: Report) -> list[tuple[str, str, str]]:
    """Return (side, question, answer) of a presented report."""
    return [(str(SIDE_NAMES[one["side"]]), one["label"], report.answers.get(one["code"], "")) for one in report.cycle.template.form]


def list_documents(report: Report) -> list[tuple[str, str]]:
    """Return (name, address) of the proof. One query."""
    kind = ContentType.objects.get_for_model(Report)
    rows = Document.objects.filter(object_type=kind, object_id=report.pk).order_by("pk")
    return [(row.name, reverse("documents:download", args=[row.pk])) for row in rows]


@dataclass(frozen=True)
class Choice:
    value: int
    label: str
    chosen: bool


@dataclass(frozen=True)
class ItemRow:
    name: str
    field: str
    choices: list[Choice]
    missing: bool


@dataclass(frozen=True)
class Subject:
    """One person on a ballot."""

    pk: int
    name: str
    title: str
    group: str
    named: bool
    url: str
    rows: list[ItemRow]


def list_subjects(cycle: Cycle, reports: Sequence[Report], groups: Mapping[int, str], data: Mapping[str, str]) -> list[Subject]:
    """Return the ballot of a judge with what is chosen so far; `data` is a posted form or empty."""
    template, found = cycle.template, []
    for report in reports:
        group = template.find_judges(groups[report.pk])
        rows = []
        for place, item in enumerate(template.items):
            field_name = f"m-{report.pk}-{place}"
            given = data.get(field_name, "")
            choices = [Choice(n, one["label"], given == str(n)) for n, one in enumerate(template.scale)]
            rows.append(ItemRow(item["name"], field_name, choices, bool(data) and not any(one.chosen for one in choices)))
        url = reverse("appraisal:report", args=[report.pk]) if report.is_presented else ""
        found.append(Subject(report.pk, report.person.name, report.post_title, group["name"], not group["anonymous"], url, rows))
    return found


def read_subjects(cycle: Cycle, report_ids: Sequence[int], data: Mapping[str, str]) -> dict[int, list[int]]:
    """Return the marks of a posted ballot; what is no level counts as not chosen."""
    found: dict[int, list[int]] = {}
    for pk in report_ids:
        given = [data.get(f"m-{pk}-{place}", "") for place in range(len(cycle.template.items))]
        found[pk] = [int(text) if text.isascii() and text.isdigit() and len(text) < 3 else -1 for text in given]
    return found


def load_seats(cycle: Cycle, user: Any) -> tuple[list[Report], dict[int, str]]:
    """Return whom the user judges, and as a member of which group. Two queries."""
    seats = dict(Seat.objects.visible_to(user).filter(judge__cycle=cycle).values_list("report_id", "group"))
    return list(Report.objects.filter(pk__in=seats).select_related("person").order_by("pk")), seats


@dataclass(frozen=True)
class TallyLine:
    """What one group (or several together) gave: each item with its levels, mean and spread."""

    name: str
    weight: str
    ballots: str
    score: str
    note: str
    items: list[tuple[str, list[tuple[str, int, int]], str, str]] = field(default_factory=list)
    judges: list[tuple[str, str]] = field(default_factory=list)


def list_tallies(report: Report, user: Any) -> list[TallyLine]:
    """Return the frozen tallies of one person, as far as the user may read them. Two queries."""
    template, points = report.cycle.template, report.cycle.template.points
    named: dict[str, list[tuple[str, str]]] = {}
    for row in NamedBallot.objects.visible_to(user).filter(report=report).select_related("person"):
        words = "、".join(template.scale[mark]["label"] for mark in row.marks)
        named.setdefault(row.group, []).append((row.person.name, words))
    lines = []
    for tally in Tally.objects.visible_to(user).filter(report=report):
        items = []
        for item, counts in zip(template.items, tally.counts, strict=False):
            whole = sum(counts) or 1
            levels = [(one["label"], count, round(count * 100 / whole)) for one, count in zip(template.scale, counts, strict=True)]
            middle = mean_of(counts, points)
            items.append((item["name"], levels, str(to_cents(middle)) if middle is not None else "", str(spread_of(counts, points) or 0)))
        lines.append(
            TallyLine(
                tally.name, plain(tally.weight), f"{tally.ballots} / {tally.entitled}", "" if tally.score is None else str(tally.score), tally.note,
                items, [] if tally.anonymous else named.get(tally.groups[0], []),
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class OutcomeLine:
    pk: int
    name: str
    unit: str
    business: str
    party: str
    appraisal: str
    total: str
    proposed: str
    grade: str
    seen: bool
    doubts: int
    url: str
    grade_url: str


def show_number(text: str | None) -> str:
    """Return a kept number without trailing zeros; a dash for none."""
    return "—" if text in (None, "") else plain(Decimal(str(text)))


def list_outcomes(cycle: Cycle, user: Any) -> list[OutcomeLine]:
    """Return others' current results as far as the user may read them, business and party side by side. Three queries."""
    rows = Outcome.objects.visible_to(user).filter(report__cycle=cycle, current=True).select_related("report__person", "report__unit")
    found = list(rows.order_by("report_id"))
    open_doubts: dict[int, int] = {}
    for pk in Doubt.objects.filter(outcome__in=found, state=Doubt.State.ASKED).values_list("outcome_id", flat=True):
        open_doubts[pk] = open_doubts.get(pk, 0) + 1
    me, lines = standing_of(user).person_id, []
    signed = set(cycle.signatures.exclude(person=None).values_list("part", flat=True))
    for row in found:
        row.report.cycle = cycle
        if row.report.person_id == me:
            continue  # the own result is on the own page
        may = cycle.state == "shown" and row.report.part not in signed and permissions.may_grade(user, row)
        marks = {line["code"]: line for line in row.lines}
        value = lambda code, marks=marks: show_number(marks[code]["mark"]) if code in marks else "—"  # noqa: E731
        grade_url = reverse("appraisal:grade", args=[row.pk]) if may else ""
        lines.append(
            OutcomeLine(
                row.pk, row.report.person.name, row.report.unit.name, value("goals" if "goals" in marks else "tasks"), value("party"),
                value("appraisal"), show_number(str(row.total) if row.total is not None else ""), row.proposed, row.grade, row.seen_at is not None,
                open_doubts.get(row.pk, 0), reverse("appraisal:outcome", args=[row.pk]), grade_url,
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class SignLine:
    """One place for a signature: under whose results, by whom, done or not."""

    whose: str
    who: str
    names: str
    done: str


def list_signatures(cycle: Cycle) -> list[SignLine]:
    """Return the places for signatures under a round's results, with who would sign and who has. Three queries."""
    rows = list(cycle.signatures.select_related("person"))
    fillers = find_fillers(cycle, {row.who for row in rows if row.person is None})
    names = dict(Person.objects.filter(pk__in=[pk for found in fillers.values() for pk in found]).values_list("pk", "name"))
    judged: dict[str, list[str]] = {}
    for part, name in cycle.reports.order_by("pk").values_list("part", "person__name"):
        judged.setdefault(part, []).append(name)
    lines = []
    for row in rows:
        whose = judged.get(row.part, [])
        told = (
            "、".join(whose)
            if row.part == OWN
            else _("其余 %(n)d 人") % {"n": len(whose)}
            if OWN in judged
            else _("全部 %(n)d 人") % {"n": len(whose)}
        )
        who = (
            row.person.name
            if row.person
            else "、".join(names.get(pk, "") for pk in fillers.get(row.who, ())) or str(_("空缺:先请系统管理员任命"))
        )
        lines.append(SignLine(told, str(SIGNERS[row.who]), who, f"{localdate(row.signed_at)}" if row.signed_at else ""))
    return lines


def list_published(cycle: Cycle, user: Any) -> list[tuple[str, str, str]]:
    """Return (name, unit, grade) where the rule allows them to be known, by name and never in an order of worth. One query."""
    if cycle.state != "published" or cycle.template.scope != "area" or cycle.area_id not in standing_of(user).readable_areas:
        return []
    rows = Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__person", "report__unit")
    return [(row.report.person.name, row.report.unit.name, row.grade) for row in rows.order_by("report__person__sort_key", "pk")]


def list_given(cycle: Cycle) -> list[tuple[Report, list[tuple[str, str, str]]]]:
    """Return the reports with the counts that 纪检小组 gives: (code, name, basis)."""
    names = {indicator.code: indicator.name for indicator in read_scheme(cycle.template.scheme).indicators}
    asked = [(code, names.get(code, code), one["basis"]) for code, one in cycle.template.inputs.items() if one["source"] == "count"]
    return [(report, asked) for report in cycle.reports.select_related("person", "unit").order_by("pk")]


def list_doubts(outcome: Outcome, user: Any) -> list[Doubt]:
    """Return the objections to any version of a result. One query."""
    rows = Doubt.objects.visible_to(user).filter(outcome__report_id=outcome.report_id)
    return list(rows.select_related("answered_by", "made", "outcome__report").order_by("pk"))
