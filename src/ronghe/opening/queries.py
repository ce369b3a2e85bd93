"""How far a new unit is: each step read from the records themselves. A constant number of queries, whatever the area's size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.models import Template
from ronghe.assessment.models import SchemeVersion
from ronghe.capability.models import Requirement
from ronghe.common.access import may_open
from ronghe.common.calendar import today
from ronghe.decisions.models import DecisionList
from ronghe.duties.models import Finding as DutyFinding
from ronghe.duties.models import Matter
from ronghe.goals.models import GoalPlan, Indicator
from ronghe.letters.models import LetterTemplate
from ronghe.meetings.models import Kind
from ronghe.opening.models import Skip
from ronghe.opening.permissions import may_do_step
from ronghe.opening.rules import BY_CODE, PHASES, STEPS, Finding, Step, count_progress, judge_steps
from ronghe.opening.texts import PHASES as PHASE_NAMES
from ronghe.opening.texts import TITLES
from ronghe.org.kinds import ADMINISTRATORS, POST_TITLES
from ronghe.org.models import Appointment, Person, Unit
from ronghe.org.queries import count_staff, load_unit_states
from ronghe.org.standing import standing_of
from ronghe.supervision.models import AlertRule, CheckLine
from ronghe.worklist.models import Guide, MonthRun
from ronghe.worklist.packs import list_guide_packs
from ronghe.worklist.queries.months import is_year_confirmed
from ronghe.worklist.rules.recurrence import name_month

NEEDED_POSTS = ("branch_secretary", "area_manager", "indicator_admin", "reviewer")
NAMED = 4  # how many names a line spells out
TONES = {"done": "done", "open": "yellow", "waiting": "grey", "skipped": "grey"}


@dataclass(frozen=True)
class Line:
    """One step, ready to print."""

    code: str
    number: int
    title: str
    why: str
    state: str
    light: str
    word: str
    have: str
    left: str
    who: str
    url: str
    mine: bool
    reason: str = ""


@dataclass(frozen=True)
class Phase:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Progress:
    """The whole: `mine` is the first step that the reader can do now, `others` what waits for somebody else."""

    phases: list[Phase]
    done: int
    total: int
    mine: Line | None
    others: list[Line]

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total)


def name_some(names: list[str]) -> str:
    """Return '一站、二站等 6 个' of names."""
    if len(names) <= NAMED:
        return "、".join(names)
    return _("%(names)s等 %(n)d 个") % {"names": "、".join(names[:NAMED]), "n": len(names)}


def read_findings(area: Unit) -> dict[str, Finding]:
    """Return step → how it stands by the records."""
    units = list(Unit.objects.filter(area=area, kind__in=("station", "office"), closed_on=None).annotate(headcount=count_staff()))
    return {
        **read_people(area, units),
        **read_rules(area),
        **read_month(area),
        **read_later(area),
    }


def read_people(area: Unit, units: Sequence[Unit]) -> dict[str, Finding]:
    """Who is there: administrators, units, people, the posts without which nobody can go on, 党小组."""
    day = today()
    held = Counter(
        Appointment.objects.on(day)
        .filter(Q(post__area=area) | Q(post__unit_id=area.parent_id, post__kind__in=ADMINISTRATORS), person__left_on=None)
        .values_list("post__kind", "post__unit_id")
    )
    kinds = {kind for kind, _unit in held}
    states = load_unit_states(units, day)
    missing_admins = [str(POST_TITLES[kind]) for kind in ADMINISTRATORS if kind not in kinds]
    untracked = [unit.name for unit in units if unit.kind == "station" and not states[unit.pk].track]
    empty = [unit.name for unit in units if not unit.headcount]  # type: ignore[attr-defined]
    vacant = [str(POST_TITLES[kind]) for kind in NEEDED_POSTS if kind not in kinds]
    no_chief = [unit.name for unit in units if ("station_chief", unit.pk) not in held]
    no_reporter = [unit.name for unit in units if unit.kind == "station" and ("reporter", unit.pk) not in held]
    lacking = [(_("没有人任:%(posts)s") % {"posts": "、".join(vacant)})] if vacant else []
    lacking += [_("没有站长、主任:%(units)s") % {"units": name_some(no_chief)}] if no_chief else []
    lacking += [_("没有填报人:%(units)s") % {"units": name_some(no_reporter)}] if no_reporter else []
    wrong = [unit.name for unit in units if states[unit.pk].mismatches]
    groups = sum(states[unit.pk].group is not None for unit in units)
    people = Person.objects.filter(area=area, left_on=None)
    total, accounts = people.count(), people.exclude(user=None).count()
    stations = [unit for unit in units if unit.kind == "station"]
    return {
        "setup": Finding(
            not missing_admins,
            _("%(area)s已启用") % {"area": area.name},
            _("三员还缺:%(posts)s") % {"posts": "、".join(missing_admins)} if missing_admins else "",
        ),
        "units": Finding(
            bool(stations) and not untracked,
            _("%(n)d 个班站,%(m)d 个组室") % {"n": len(stations), "m": len(units) - len(stations)} if units else "",
            _("没有赛道:%(units)s") % {"units": name_some(untracked)} if untracked else "",
        ),
        "people": Finding(
            bool(units) and bool(total) and not empty and bool(accounts),
            _("%(n)d 人,%(m)d 个账号") % {"n": total, "m": accounts} if total else "",
            _("还没有人:%(units)s") % {"units": name_some(empty)} if empty and total else "",
        ),
        "posts": Finding(bool(units) and not lacking, "" if lacking else _("关键岗位都有人"), ";".join(lacking)),
        "party": Finding(
            bool(groups) and not wrong,
            _("%(n)d 个党小组") % {"n": groups} if groups else "",
            _("还对不上:%(units)s") % {"units": name_some(wrong)} if wrong else "",
        ),
    }


def read_rules(area: Unit) -> dict[str, Finding]:
    """What holds: calendar, indicators, scheme, the matrix with its findings, kinds of meetings."""
    day = today()
    certain = is_year_confirmed(day.year)
    indicators = Indicator.objects.filter(area=area).count()
    schemes = Counter(SchemeVersion.objects.filter(area=area).values_list("state", flat=True))
    matters = Matter.objects.filter(area=area).count()
    resting = Q(review_on__gt=day)
    findings = DutyFinding.objects.filter(area=area, ended_on=None)
    open_findings, accepted = findings.exclude(resting).count(), findings.filter(resting).count()
    kinds = Kind.objects.filter(area=area).count()
    waiting = schemes["writing"] + schemes["draft"]
    return {
        "calendar": Finding(
            certain,
            _("%(year)d 年的工作日已确定") % {"year": day.year} if certain else "",
            "" if certain else _("%(year)d 年的调休还没有确认") % {"year": day.year},
        ),
        "indicators": Finding(bool(indicators), _("%(n)d 项指标") % {"n": indicators} if indicators else ""),
        "scheme": Finding(
            bool(schemes["published"]),
            _("已发布 %(n)d 版") % {"n": schemes["published"]} if schemes["published"] else "",
            _("%(n)d 版在编写或待发布") % {"n": waiting} if waiting and not schemes["published"] else "",
        ),
        "matrix": Finding(bool(matters), _("%(n)d 项") % {"n": matters} if matters else ""),
        "findings": Finding(
            bool(matters) and not open_findings,
            _("接受 %(n)d 条") % {"n": accepted} if accepted else (_("没有问题") if matters and not open_findings else ""),
            _("还有 %(n)d 条没有处置") % {"n": open_findings} if open_findings else "",
        ),
        "meetings": Finding(bool(kinds), _("%(n)d 类会议") % {"n": kinds} if kinds else ""),
    }


def read_month(area: Unit) -> dict[str, Finding]:
    """Goals, guides, and the first month's list."""
    plans = Counter(GoalPlan.objects.filter(area=area).values_list("state", flat=True))
    issued = plans["issued"] + plans["replaced"]
    begun = plans["draft"] + plans["discussed"] + plans["approved"]
    taken = set(Guide.objects.filter(area=area, retired_on=None).values_list("code", flat=True))
    packs = [pack for pack in list_guide_packs() if pack.code not in taken]
    month = name_month(today())
    runs = dict(MonthRun.objects.filter(area=area, made__gt=0).values_list("month", "made"))
    made = runs.get(month) or max(runs.values(), default=0)
    return {
        "goals": Finding(
            bool(issued),
            _("已下达") if issued else "",
            _("%(n)d 份在起草、讨论或待下达") % {"n": begun} if begun and not issued else "",
            "" if issued or begun else "goals:plan-adopt",
        ),
        "guides": Finding(
            bool(taken) and not packs,
            _("%(n)d 份指南") % {"n": len(taken)} if taken else "",
            _("还没有采用:%(names)s") % {"names": "、".join(pack.title for pack in packs)} if packs else "",
        ),
        "month": Finding(bool(runs), _("已生成 %(n)d 项任务") % {"n": made} if runs else ""),
    }


def read_later(area: Unit) -> dict[str, Finding]:
    """What can wait: whether it has been taken from the packs."""
    rows: dict[str, Any] = {
        "decisions": DecisionList,
        "supervision": CheckLine,
        "alerts": AlertRule,
        "letters": LetterTemplate,
        "appraisal": Template,
        "capability": Requirement,
    }
    found = {}
    for code, model in rows.items():
        count = model.objects.filter(area=area).count()
        found[code] = Finding(bool(count), _("%(n)d 条") % {"n": count} if count else "")
    return found


def read_progress(user: Any, area: Unit) -> Progress:
    """Return the steps of an area as this reader sees them: a link only where the reader may go, else whose it is."""
    skips = {row.step: row for row in Skip.objects.filter(area=area)}
    findings = read_findings(area)
    states = judge_steps(findings, skips)
    holders = name_holders(area)
    lines = [
        describe_step(user, area, number, step, states, findings[step.code], holders, skips.get(step.code))
        for number, step in enumerate(STEPS, 1)
    ]
    phases = [Phase(str(PHASE_NAMES[phase]), [line for line in lines if BY_CODE[line.code].phase == phase]) for phase in PHASES]
    open_lines = [line for line in lines if line.state == "open" and BY_CODE[line.code].must]
    done, total = count_progress(states)
    return Progress(
        phases,
        done,
        total,
        next((line for line in open_lines if line.mine), None),
        [line for line in open_lines if not line.mine],
    )


def name_holders(area: Unit) -> dict[str, list[str]]:
    """Return kind of post → who holds it today, in the area or as administrator of the plant. One query."""
    kinds = {kind for step in STEPS for kind in step.posts}
    rows = Appointment.objects.on(today()).filter(
        Q(post__area=area) | Q(post__unit_id=area.parent_id), post__kind__in=kinds, person__left_on=None
    )
    found: dict[str, list[str]] = {}
    for kind, name in rows.order_by("pk").values_list("post__kind", "person__name"):
        found.setdefault(kind, []).append(name)
    return found


def describe_step(
    user: Any,
    area: Unit,
    number: int,
    step: Step,
    states: dict[str, str],
    finding: Finding,
    holders: dict[str, list[str]],
    skip: Skip | None,
) -> Line:
    path = reverse(finding.way or step.url_name)
    mine = may_do_step(user, (area, step.code)) and may_open(user, path)
    many = len(standing_of(user).areas_of(step.posts)) > 1
    query = f"?{urlencode({step.query: area.pk})}" if step.query and many else ""
    people = [f"{POST_TITLES[kind]}({'、'.join(holders[kind][:NAMED])})" for kind in step.posts if holders.get(kind)]
    who = _("、").join(people) or _("%(posts)s,还没有人") % {"posts": "、".join(str(POST_TITLES[kind]) for kind in step.posts)}
    state = states[step.code]
    words = {"done": _("已办好"), "open": _("要办"), "waiting": _("等前面的"), "skipped": _("不需要")}
    left = finding.left
    if state == "waiting":
        before = [str(TITLES[code][0]) for code in step.needs if states[code] not in ("done", "skipped")]
        left = _("先办:%(steps)s") % {"steps": "、".join(before)}
    title, why = TITLES[step.code]
    return Line(
        step.code, number, str(title), str(why), state, TONES[state], words[state], finding.have, left, who,
        f"{path}{query}" if mine else "", mine, skip.reason if skip is not None and state == "skipped" else "",
    )  # fmt: skip
