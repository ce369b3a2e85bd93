"""驾驶舱: one screen of one 管理区, party work and business side by side. Counts and units only: nothing on it is about a single person.

Everything is read by area in a constant number of queries, from the same rows as the pages to which the numbers lead.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment.models import Result, Run
from ronghe.assessment.rules import describe_month
from ronghe.common.access import may_open
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS
from ronghe.decisions.models import Matter
from ronghe.goals.models import Goal, GoalPlan
from ronghe.meetings.queries.norms import load_lines
from ronghe.org.models import Unit
from ronghe.outlook.models import Outlook
from ronghe.outlook.queries import keep_newest
from ronghe.rectification.models import Item
from ronghe.rectification.rules import LIVE as CURED
from ronghe.supervision.models import Alert, BoardItem
from ronghe.supervision.rules.boards import LIVE as BOARDED
from ronghe.worklist.models import Task

TOP_UNITS, MOST_ROWS = 8, 8
LIGHTS = ("green", "yellow", "red")
SIDES = (("business", _("业务")), ("party", _("党建")))


@dataclass(frozen=True)
class Number:
    """One number with its word; `light` may stay empty, `url` is '' where this reader has no page for it."""

    value: str
    word: str
    light: str = ""
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """One matter of the screen: its main number, and the others beside it."""

    title: str
    main: Number
    others: tuple[Number, ...] = ()


@dataclass(frozen=True)
class Place:
    """One unit of a track."""

    place: str
    unit: str
    url: str
    total: str
    party: int
    business: int


@dataclass(frozen=True)
class Track:
    name: str
    url: str
    rows: list[Place]
    more: int


@dataclass(frozen=True)
class Bar:
    """One line of lights: how many of each, out of how many."""

    name: str
    url: str
    parts: tuple[tuple[str, str, int], ...]
    note: str = ""

    @property
    def total(self) -> int:
        return sum(count for _light, _word, count in self.parts)


@dataclass
class Board:
    """All of the screen."""

    month: str
    tiles: list[Tile]
    tracks: list[Track]
    goals: list[Bar]
    late: list[Bar]
    steps: list[Bar]
    life: list[Bar]
    chart: dict[str, Any] = field(default_factory=dict)
    points: list[tuple[str, str, str]] = field(default_factory=list)


class Doors:
    """Where a number leads for this reader: its own page, else the 底数, else nowhere. Each door is asked for once."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.known: dict[str, bool] = {}

    def open(self, path: str) -> bool:
        if path not in self.known:
            self.known[path] = may_open(self.user, path)
        return self.known[path]

    def to(self, name: str, query: str = "", *args: Any) -> str:
        path = reverse(name, args=args)
        if self.open(path):
            return f"{path}?{query}" if query else path
        instead = reverse("portal:matters")
        return instead if self.open(instead) else ""


def read_board(user: Any, area: Unit) -> Board:
    """Return the screen of an area. The caller has authorised."""
    doors = Doors(user)
    run, results = load_results(user, area)
    tracks = list_tracks(run, results, doors, area)
    late: dict[int, Counter[str]] = defaultdict(Counter)
    goals, goal_tile = read_goals(area, doors)
    tiles = [goal_tile, read_outlook(area, doors), read_board_tile(area, doors, late), read_cures(area, doors, late)]
    decided, steps = read_decisions(area, doors)
    life_tile, life = read_life(area, doors)
    tiles += [decided, life_tile, read_alerts(area, doors, late)]
    read_tasks(area, late)
    board = Board(describe_month(run.period) if run else "", tiles, tracks, goals, read_late(area, doors, late), steps, life)
    draw_points(board, results)
    return board


def load_results(user: Any, area: Unit) -> tuple[Run | None, list[Result]]:
    """Return the newest published run and its results. Two queries."""
    runs = Run.objects.visible_to(user).in_force().filter(area=area).order_by("-period")
    run = runs.only("pk", "period", "tracks", "state", "area_id").first()
    if run is None:
        return None, []
    return run, list(Result.objects.filter(run=run).select_related("unit").order_by("place", "unit__order"))


def share(part: Decimal | None, whole: Decimal | None) -> int:
    """Return what part of the full marks was had, in whole per cent."""
    return round(100 * part / whole) if part is not None and whole else 0


def list_tracks(run: Run | None, results: list[Result], doors: Doors, area: Unit) -> list[Track]:
    """Return the month's places by track, the best first, with both sides in per cent of what there was to be had."""
    if run is None:
        return []
    address = doors.to("assessment:ranking", f"area={area.pk}")
    found = []
    for code, name in run.tracks:
        rows = [row for row in results if row.track == code]
        rows.sort(key=lambda row: (row.place is None, row.place or 0))
        shown = [
            Place(
                str(row.place or "—"),
                row.unit.name,
                doors.to("assessment:station", f"period={run.period}", row.unit_id),
                "—" if row.total is None else f"{row.total:.1f}",
                share(row.party, row.party_full),
                share(row.business, row.business_full),
            )
            for row in rows[:MOST_ROWS]
        ]
        if rows:
            found.append(Track(name, address, shown, len(rows) - len(shown)))
    return found


def draw_points(board: Board, results: list[Result]) -> None:
    """Put 党建 × 业务 of each unit on the board, as a chart and as its table."""
    both = [row for row in results if row.party_full and row.business_full]
    points = [(row.unit.name, share(row.party, row.party_full), share(row.business, row.business_full)) for row in both]
    board.points = [(name, f"{party}%", f"{business}%") for name, party, business in points]
    board.chart = {
        "x": {"name": _("党建得分率"), "unit": "%"},
        "y": {"name": _("业务得分率"), "unit": "%"},
        "points": [{"name": name, "x": party, "y": business, "role": "ours"} for name, party, business in points],
    }


def read_goals(area: Unit, doors: Doors) -> tuple[list[Bar], Tile]:
    """Return how far the goals are, by dimension and side. One query."""
    plans = GoalPlan.objects.current().filter(area=area)
    rows = Goal.objects.standing().filter(plan__in=plans).order_by()
    keys = ("dimension__order", "dimension__name", "dimension__side", "progress__light")
    counts: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for order, name, side, light, number in rows.values_list(*keys).annotate(n=Count("pk")):
        counts[order, name, side][light if light in LIGHTS else "grey"] += number
    address = doors.to("goals:oversight") if not doors.open(reverse("goals:plans")) else doors.to("goals:plans")
    sides = dict(SIDES)
    bars = [Bar(name, address, light_parts(lights), str(sides.get(side, ""))) for (_order, name, side), lights in sorted(counts.items())]
    total: Counter[str] = sum(counts.values(), Counter())
    others = (
        Number(str(total["yellow"]), _("黄灯"), "yellow", address),
        Number(str(total["green"]), _("绿灯"), "green", address),
    )
    return bars, Tile(_("目标"), Number(str(total["red"]), _("红灯"), "red" if total["red"] else "green", address), others)


def light_parts(lights: Counter[str]) -> tuple[tuple[str, str, int], ...]:
    words = {"green": _("绿灯"), "yellow": _("黄灯"), "red": _("红灯"), "grey": _("未亮灯")}
    return tuple((light, word, lights[light]) for light, word in words.items() if lights[light])


def read_outlook(area: Unit, doors: Doors) -> Tile:
    """Return how many years are forecast to miss their target. One query."""
    rows = keep_newest(Outlook.objects.filter(area=area)).order_by()
    lights = Counter(dict(rows.values_list("light").annotate(n=Count("pk"))))
    address = doors.to("outlook:list")
    return Tile(
        _("全年预测"),
        Number(str(lights["red"]), _("预计完不成"), "red" if lights["red"] else "green", address),
        (Number(str(lights["yellow"]), _("有风险"), "yellow", address), Number(str(lights["green"]), _("能完成"), "green", address)),
    )


def read_board_tile(area: Unit, doors: Doors, late: dict[int, Counter[str]]) -> Tile:
    """Return the 督办 by light. One query."""
    day = today()
    rows = BoardItem.objects.filter(area=area, state__in=BOARDED).order_by().values_list("unit_id")
    totals: Counter[str] = Counter()
    for unit_id, count, red, yellow, up in rows.annotate(
        count=Count("pk"),
        red=Count("pk", filter=Q(due__lt=day)),
        yellow=Count("pk", filter=Q(due__gte=day, due__lte=day + timedelta(days=SOON_DAYS))),
        up=Count("pk", filter=Q(level__gt=0)),
    ):
        totals.update(count=count, red=red, yellow=yellow, up=up)
        late[unit_id]["board"] += red
    return Tile(
        _("督办"),
        Number(str(totals["red"]), _("逾期"), "red" if totals["red"] else "green", doors.to("supervision:board", "light=r")),
        (
            Number(str(totals["yellow"]), _("快到期"), "yellow", doors.to("supervision:board", "light=y")),
            Number(str(totals["count"]), _("在办"), "", doors.to("supervision:board", "light=open")),
            Number(str(totals["up"]), _("已升级"), "", doors.to("supervision:board", "light=up")),
        ),
    )


def read_cures(area: Unit, doors: Doors, late: dict[int, Counter[str]]) -> Tile:
    """Return the 整改 that are open, late, and closed this month. One query."""
    day = today()
    live = Q(state__in=CURED)
    totals: Counter[str] = Counter()
    for unit_id, count, gone, closed, again in (
        Item.objects.filter(area=area)
        .order_by()
        .values_list("unit_id")
        .annotate(
            count=Count("pk", filter=live),
            gone=Count("pk", filter=live & Q(step_due__lt=day)),
            closed=Count("pk", filter=Q(state="closed", ended_on__gte=day.replace(day=1))),
            again=Count("pk", filter=live & Q(round__gt=1)),
        )
    ):
        totals.update(count=count, gone=gone, closed=closed, again=again)
        late[unit_id]["cures"] += gone
    return Tile(
        _("整改"),
        Number(str(totals["gone"]), _("逾期"), "red" if totals["gone"] else "green", doors.to("rectification:list", "light=r")),
        (
            Number(str(totals["count"]), _("未销号"), "", doors.to("rectification:list")),
            Number(str(totals["closed"]), _("本月销号"), "", doors.to("rectification:list", "state=closed")),
            Number(str(totals["again"]), _("重复发生"), "", doors.to("rectification:list", "state=again")),
        ),
    )


def read_decisions(area: Unit, doors: Doors) -> tuple[Tile, list[Bar]]:
    """Return the decision matters in flight, by who decides them. One query."""
    day = today()
    rows = Matter.objects.filter(area=area, state__in=("running", "stopped")).order_by()
    bars: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for category, state, gone, number in rows.values_list("category", "state").annotate(
        gone=Count("pk", filter=Q(step_due__lt=day)), n=Count("pk")
    ):
        stopped = number if state == "stopped" else 0
        bars[category].update(red=stopped or gone, green=number - (stopped or gone))
        totals.update(count=number, gone=0 if stopped else gone, stopped=stopped)
    names = dict(Matter._meta.get_field("category").choices or ())
    address = doors.to("decisions:list")
    words = {"green": _("按期"), "red": _("逾期或叫停")}
    lines = [
        Bar(
            str(names.get(category, category)),
            address,
            tuple((light, word, lights[light]) for light, word in words.items() if lights[light]),
        )
        for category, lights in sorted(bars.items())
    ]
    tile = Tile(
        _("决策事项"),
        Number(str(totals["count"]), _("在办"), "", address),
        (
            Number(str(totals["gone"]), _("逾期"), "red" if totals["gone"] else "green", doors.to("decisions:list", "light=r")),
            Number(
                str(totals["stopped"]), _("被叫停"), "red" if totals["stopped"] else "green", doors.to("decisions:list", "state=stopped")
            ),
        ),
    )
    return tile, lines


def read_life(area: Unit, doors: Doors) -> tuple[Tile, list[Bar]]:
    """Return 组织生活 of the year by kind: held and missed. Three queries."""
    day = today()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in load_lines([area.pk], day.year, day):
        counts[line.kind].update(green=line.held, red=line.missed)
    address = doors.to("meetings:norms", f"area={area.pk}")
    words = {"green": _("按期"), "red": _("缺")}
    bars = [
        Bar(kind, address, tuple((light, word, lights[light]) for light, word in words.items() if lights[light]))
        for kind, lights in counts.items()
        if lights.total()
    ]
    held = sum(lights["green"] for lights in counts.values())
    missed = sum(lights["red"] for lights in counts.values())
    rate = f"{round(100 * held / (held + missed))}%" if held + missed else "—"
    return (
        Tile(
            _("组织生活"),
            Number(rate, _("按期完成"), "", address),
            (Number(str(missed), _("缺"), "red" if missed else "green", address), Number(str(held), _("已开"), "", address)),
        ),
        bars,
    )


def read_alerts(area: Unit, doors: Doors, late: dict[int, Counter[str]]) -> Tile:
    """Return the 预警 that wait for a word. One query."""
    day = today()
    waits = Q(state="open") | Q(state="tasked", task_result="")
    totals: Counter[str] = Counter()
    gone = Q(state="open", due__lt=day) | Q(state="tasked", task_due__lt=day)
    for unit_id, count, over in (
        Alert.objects.filter(waits, area=area).order_by().values_list("unit_id").annotate(n=Count("pk"), over=Count("pk", filter=gone))
    ):
        totals.update(count=count, gone=over)
        late[unit_id]["alerts"] += over
    address = doors.to("supervision:alerts")
    return Tile(
        _("预警"),
        Number(str(totals["count"]), _("未了"), "yellow" if totals["count"] else "green", address),
        (Number(str(totals["gone"]), _("逾期"), "red" if totals["gone"] else "green", address),),
    )


def read_tasks(area: Unit, late: dict[int, Counter[str]]) -> None:
    """Add the late tasks of each unit, whoever's they are. One query."""
    rows = Task.objects.open().filter(area=area, due__lt=today()).order_by().values_list("owner__unit_id").annotate(n=Count("pk"))
    for unit_id, count in rows:
        late[unit_id]["tasks"] += count


def read_late(area: Unit, doors: Doors, late: dict[int, Counter[str]]) -> list[Bar]:
    """Return the units with the most red lights. One query."""
    worst = sorted((unit_id for unit_id in late if late[unit_id].total()), key=lambda unit_id: -late[unit_id].total())
    names = dict(Unit.objects.filter(pk__in=worst).values_list("pk", "name"))
    words = {"cures": _("整改"), "board": _("督办"), "alerts": _("预警"), "tasks": _("待办")}
    address = doors.to("portal:matters")
    return [
        Bar(
            names.get(unit_id, ""), address, tuple((kind, word, late[unit_id][kind]) for kind, word in words.items() if late[unit_id][kind])
        )
        for unit_id in worst[:TOP_UNITS]
    ]
