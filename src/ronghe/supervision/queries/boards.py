"""The board of a week: each item as it stood then, what was said in the week and in the one before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet

from ronghe.audit.queries import format_time
from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS, Light, light_for
from ronghe.common.links import link_to
from ronghe.common.registry import CureLine, Hit
from ronghe.org.standing import standing_of
from ronghe.supervision.models import BoardItem, BoardMove, BoardReport
from ronghe.supervision.models.boards import BoardItemQuerySet
from ronghe.supervision.rules.boards import LIVE, count_red_weeks, count_weeks, find_due, monday_of, sunday_of

RELATED = ("unit", "owner", "supervisor", "raised_to", "opened_by", "ended_by")
TONES = {"running": "blue", "claimed": "yellow", "done": "green", "dropped": ""}


@dataclass(frozen=True)
class BoardLine:
    """One item in one week, ready to print. `said`, `asked` and `before`: this week's lines, the supervisor's, last week's."""

    pk: int
    number: str
    title: str
    demand: str
    source: str
    unit: str
    owner: str
    supervisor: str
    due: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    weeks: int
    red_weeks: int
    raised: str
    said: str
    asked: str
    before: str
    silent: bool
    url: str


def list_in_week(user: Any, week: date) -> BoardItemQuerySet:
    """Return the items that stood on the board at some time of a week: carried on until they ended."""
    rows = BoardItem.objects.visible_to(user).filter(opened_on__lte=sunday_of(week))
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=week)).select_related(*RELATED)


def filter_items(rows: BoardItemQuerySet, chosen: dict[str, Any], user: Any, day: date) -> BoardItemQuerySet:
    """Keep what the filters ask for, the most pressing first."""
    me = standing_of(user).person_id or 0
    scopes = {"owned": Q(owner_id=me), "watched": Q(supervisor_id=me) | Q(raised_to_id=me)}
    if chosen.get("scope") in scopes:
        rows = rows.filter(scopes[chosen["scope"]])
    for name in ("unit", "owner"):
        if chosen.get(name):
            rows = rows.filter(**{f"{name}_id": chosen[name]})
    if chosen.get("source"):
        rows = rows.filter(source=chosen["source"])
    if chosen.get("text"):
        text = chosen["text"].strip()
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(demand__icontains=text))
    soon = day + timedelta(days=SOON_DAYS)
    lights = {
        "open": Q(state__in=LIVE),
        "r": Q(state__in=LIVE, due__lt=day), "y": Q(state__in=LIVE, due__gte=day, due__lte=soon), "g": Q(state__in=LIVE, due__gt=soon),
        "up": Q(state__in=LIVE, level__gt=0), "claimed": Q(state="claimed"), "done": Q(state__in=("done", "dropped")),
    }  # fmt: skip
    if chosen.get("light") in lights:
        rows = rows.filter(lights[chosen["light"]])
    return rows.order_by(F("ended_on").asc(nulls_first=True), "due", "id")


def count_lights(rows: BoardItemQuerySet, day: date) -> dict[str, int]:
    """Return how many of the rows are red, yellow, green, waiting for a word, gone up, ended. One query."""
    live, soon = Q(state__in=LIVE), day + timedelta(days=SOON_DAYS)
    return rows.order_by().aggregate(
        red=Count("pk", filter=live & Q(due__lt=day)),
        yellow=Count("pk", filter=live & Q(due__gte=day, due__lte=soon)),
        green=Count("pk", filter=live & Q(due__gt=soon)),
        claimed=Count("pk", filter=Q(state="claimed")),
        up=Count("pk", filter=live & Q(level__gt=0)),
        done=Count("pk", filter=Q(state="done")),
    )


def read_light(item: BoardItem, day: date, due: date | None = None) -> Light:
    """Return the light of an item on a day, by the date that held then."""
    return light_for(due or item.due, day, done=item.ended_on is not None and item.ended_on <= day)


def describe_items(items: Sequence[BoardItem], week: date, day: date) -> list[BoardLine]:
    """Return the items as they stood at the end of a week, or stand today. Two queries for any number."""
    then = min(sunday_of(week), day)
    said: dict[tuple[int, date, str], list[str]] = defaultdict(list)
    pks = [item.pk for item in items]
    weeks = (week - timedelta(days=7), week)
    for pk, one, voice, text in (
        BoardReport.objects.filter(item__in=pks, week__in=weeks).order_by("id").values_list("item_id", "week", "voice", "text")
    ):
        said[pk, one, voice].append(text)
    moves: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, on, old in BoardMove.objects.filter(item__in=pks, on__gt=then).order_by("id").values_list("item_id", "on", "old_due"):
        moves[pk].append((on, old))
    lines = []
    for item in items:
        due = find_due(item.due, moves[item.pk], then)
        light = read_light(item, then, due)
        ended = item.ended_on is not None and item.ended_on <= then
        now = said[item.pk, week, "owner"]
        lines.append(
            BoardLine(
                item.pk, item.number, item.title, item.demand, item.get_source_display(), item.unit.name, item.owner.name,
                item.supervisor.name, str(due),
                item.get_state_display() if ended or item.is_live else "督办中",
                TONES[item.state] if ended or item.is_live else "blue",
                light.state, light.word, f"{item.ended_on}" if ended else light.note,
                count_weeks(item.opened_on, week), 0 if ended else count_red_weeks(due, then),
                item.raised_to.name if item.raised_to and item.raised_on and item.raised_on <= then else "",
                ";".join(now), ";".join(said[item.pk, week, "supervisor"]), ";".join(said[item.pk, weeks[0], "owner"]),
                not ended and not now and item.state == "running" and item.opened_on < week,
                link_to("supervision:board-item", item.pk),
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class WeekLine:
    """What was said in one week."""

    week: str
    lines: list[tuple[str, str, str, bool]]


def list_weeks(item: BoardItem) -> list[WeekLine]:
    """Return what was said of an item, week by week, the newest first; a week without a word says so. One query."""
    said: dict[date, list[tuple[str, str, str, bool]]] = defaultdict(list)
    for row in BoardReport.objects.filter(item=item).select_related("by"):
        said[row.week].append((row.get_voice_display(), row.text, f"{row.by.name} {format_time(row.at)}", row.claims))
    lines: list[WeekLine] = []
    week, first = monday_of(item.ended_on or today()), monday_of(item.opened_on)
    while week >= first and len(lines) < 60:
        if said[week] or first < week < monday_of(today()):
            lines.append(WeekLine(f"{week:%m月%d日}—{sunday_of(week):%m月%d日}", said[week]))
        week -= timedelta(days=7)
    return lines


def list_owned(user: Any) -> list[BoardItem]:
    """Return what the user has to say a line about."""
    me = standing_of(user).person_id
    if me is None:
        return []
    rows = BoardItem.objects.visible_to(user).filter(owner_id=me, state=BoardItem.State.RUNNING)
    return list(rows.select_related(*RELATED).order_by("due", "id")[:50])


def list_mine(user: Any) -> QuerySet[BoardItem] | None:
    """Return what waits for the user: the own items under way, and those to confirm (counted beside the menu line)."""
    me = standing_of(user).person_id
    if me is None:
        return None
    return BoardItem.objects.filter(Q(owner_id=me, state="running") | Q(supervisor_id=me, state="claimed"))


def count_mine(user: Any) -> int:
    return count_badge(user, "supervision")


def search_items(user: Any, query: str, limit: int) -> list[Hit]:
    text = query.strip()
    rows = BoardItem.objects.visible_to(user).filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(demand__icontains=text))
    return [
        Hit("督办", str(item), f"{item.owner.name} · {item.get_state_display()}", link_to("supervision:board-item", item.pk))
        for item in rows.select_related("owner").order_by("-id")[:limit]
    ]


def list_followed(user: Any, label: str, pks: Iterable[int]) -> dict[int, list[CureLine]]:
    """Return pk → what of these objects stands or stood on the board; who may not read an item learns its state. Two queries."""
    app, _dot, model = label.partition(".")
    kind = ContentType.objects.filter(app_label=app, model=model).first()
    items = list(BoardItem.objects.filter(origin_type=kind, origin_id__in=list(pks)).select_related("owner").order_by("id")) if kind else []
    if not items:
        return {}
    readable = set(BoardItem.objects.visible_to(user).filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
    lines: dict[int, list[CureLine]] = defaultdict(list)
    for item in items:
        light = read_light(item, today())
        title, url = (str(item), link_to("supervision:board-item", item.pk)) if item.pk in readable else (f"督办 {item.number}", "")
        lines[int(item.origin_id or 0)].append(CureLine(title, light.state, item.get_state_display(), light.note, url, not item.is_live))
    return dict(lines)
