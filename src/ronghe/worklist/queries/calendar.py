"""The month's page, and the feed that a phone's calendar reads."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ronghe.common.calendar import is_working_day, load_own_days
from ronghe.common.lights import light_for
from ronghe.org.standing import standing_of
from ronghe.worklist.models import CalendarKey, Task
from ronghe.worklist.rules.recurrence import monday_of, read_month
from ronghe.worklist.sources import dates

SHOWN_A_DAY = 4
FEED_DAYS_BACK, FEED_DAYS_AHEAD = 31, 120
MOST_FED = 500


@dataclass(frozen=True)
class Entry:
    title: str
    url: str
    light: str
    word: str


@dataclass
class Day:
    day: date
    inside: bool
    today: bool
    works: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:SHOWN_A_DAY]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - SHOWN_A_DAY)


def build_weeks(user: Any, month: str, day: date, *, led: bool) -> list[list[Day]]:
    """Return the weeks of a month with their tasks and dates. Two queries and those of the registered dates."""
    first, last = read_month(month)
    start, end = monday_of(first), monday_of(last) + timedelta(days=6)
    own = load_own_days({start.year, end.year})
    days = {
        one: Day(one, first <= one <= last, one == day, is_working_day(one, own))
        for one in (start + timedelta(days=n) for n in range((end - start).days + 1))
    }
    rows = Task.objects.visible_to(user).filter(due__range=(start, end)).exclude(state=Task.State.DROPPED)
    if not led:
        rows = rows.filter(owner_id=standing_of(user).person_id or 0)
    for task in rows.select_related("owner").order_by("state", "id")[:2000]:
        light = light_for(task.due, day, done=task.state == Task.State.DONE)
        title = f"{task.owner.name} · {task.title}" if led else task.title
        assert task.due is not None
        days[task.due].entries.append(Entry(title, task.url, light.state, light.word))
    for find in dates.values():
        for dated in find(user, start, end):
            if dated.day in days:
                days[dated.day].entries.append(Entry(dated.title, dated.url, "", ""))
    ordered = list(days.values())
    return [ordered[n : n + 7] for n in range(0, len(ordered), 7)]


def build_feed(key: CalendarKey, day: date) -> bytes:
    """Return the calendar of one person: what is due, by its title alone, as far as this person may still read it."""
    from icalendar import Calendar, Event  # noqa: PLC0415  (only the feed needs it)

    feed = Calendar()
    feed.add("prodid", "-//ronghe//worklist//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "融合待办")
    user = key.person.user
    rows = Task.objects.visible_to(user).filter(
        owner=key.person, due__range=(day - timedelta(days=FEED_DAYS_BACK), day + timedelta(days=FEED_DAYS_AHEAD))
    )
    for task in rows.exclude(state=Task.State.DROPPED).order_by("due", "id")[:MOST_FED]:
        assert task.due is not None
        event = Event()
        event.add("uid", f"task-{task.pk}@ronghe")
        event.add("dtstamp", task.updated_at)
        event.add("dtstart", task.due)
        event.add("dtend", task.due + timedelta(days=1))
        event.add("summary", f"✓ {task.title}" if task.state == Task.State.DONE else task.title)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return bytes(feed.to_ical())
