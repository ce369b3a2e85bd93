"""The demo world into the database: organisation, accounts, indicators, targets, two years of figures, a year of runs.

What is long past is written set-based; the last months are lived through by the product's own actions at their dates, so that
tasks, messages and the audit trail are as they would be.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from ronghe.accounts.models import User
from ronghe.common.calendar import at_time, today
from ronghe.common.pinyin import index_name, make_sort_key
from ronghe.goals.models import Indicator, Target
from ronghe.goals.packs import adopt_indicators
from ronghe.opening.tours import ORDER
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Post, Track, TrackPlace, Unit
from ronghe.org.packs import read_organisation
from ronghe.portal.demo import entities
from ronghe.portal.demo.series import Series, build_series
from ronghe.portal.demo.world import build_world

TRACK_NAMES = {"production": "采油站", "technical": "技术组室", "support": "综合保障"}


@dataclass
class Loaded:
    """What has been written so far, by the codes of the demo world."""

    world: entities.World
    series: Series
    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[str, PartyOrg] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Indicator] = field(default_factory=dict)

    def user(self, number: str) -> User:
        """Return a fresh account: standings are read anew at each of its dates."""
        return User.objects.get(person__number=number)

    def holder(self, kind: str, area: str, on: date) -> User:
        """Return the account of somebody who holds a post in an area on a day."""
        return self.user(self.world.find_holders(kind, area, on)[0])


@transaction.atomic
def load_demo(day: date | None = None) -> Loaded:
    """Write the demo world as it stands on `day` (default: today) into an empty database."""
    from ronghe.portal.demo.year import live_year  # noqa: PLC0415  (the year loads the scoring engine)

    world = build_world(day or today())
    loaded = Loaded(world, build_series(world))
    load_units(loaded)
    load_people(loaded)
    load_posts(loaded)
    load_indicators(loaded)
    load_targets(loaded)
    live_year(loaded)
    close_accounts(loaded)
    return loaded


def load_units(loaded: Loaded) -> None:
    """Write plant, areas, stations and offices, their tracks, and the party organisations beside them."""
    tracks: dict[tuple[str, str], Track] = {}
    for row in loaded.world.organisations:
        parent = loaded.units.get(row.parent)
        unit = Unit(code=row.code, name=row.name, kind=row.kind, parent=parent, order=row.order, pinyin=index_name(row.name))
        unit.area = parent if row.kind in ("station", "office") else None
        unit.save()
        if row.kind == "area":
            unit.area = unit
            unit.save()
            for order, (code, name) in enumerate(TRACK_NAMES.items()):
                tracks[row.code, code] = Track.objects.create(area=unit, code=code, name=name, order=order)
        if row.track:
            TrackPlace.objects.create(unit=unit, track=tracks[row.parent, row.track], valid_from=row.valid_from)
        loaded.units[row.code] = unit
    for party in loaded.world.party_organisations:
        unit = loaded.units[party.organisation]
        loaded.groups[party.code] = PartyOrg.objects.create(
            code=party.code, name=party.name, kind=party.kind, unit=unit, area=unit.area, parent=loaded.groups.get(party.parent)
        )


def load_people(loaded: Loaded) -> None:
    """Write everybody with an account; the shared demo password is hashed once."""
    password = make_password(entities.DEMO_PASSWORD)
    users = [User(username=row.login, password=password, tours=list(ORDER)) for row in loaded.world.people]  # nobody here is new
    User.objects.bulk_create(users)
    people = [
        Person(
            user=user,
            number=row.number,
            name=row.name,
            unit=loaded.units[row.organisation],
            area=loaded.units[row.organisation].area,
            pinyin=index_name(row.name),
            sort_key=make_sort_key(row.name),
            left_on=row.left,
            version=1,
        )
        for row, user in zip(loaded.world.people, users, strict=True)
    ]
    Person.objects.bulk_create(people)
    loaded.people = {person.number: person for person in people}
    Membership.objects.bulk_create(
        Membership(
            person=loaded.people[row.person],
            group=loaded.groups[row.group],
            status=row.status,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in loaded.world.memberships
    )


def close_accounts(loaded: Loaded) -> None:
    """Close the accounts of those who left: only now, since they still acted in the months before."""
    gone = [row.login for row in loaded.world.people if not row.active]
    User.objects.filter(username__in=gone).update(is_active=False)


def load_posts(loaded: Loaded) -> None:
    """Write posts and who holds them, from when to when. A discipline member who reports the area's counts is its reporter too."""
    orders = {kind: order for order, kind in enumerate(POST_TITLES)}
    pack = read_organisation().posts
    posts: dict[tuple[str, str], Post] = {}
    appointments = []

    def find_post(kind: str, place: str) -> Post:
        if (kind, place) not in posts:
            party = loaded.groups.get(place)
            unit = party.unit if party is not None else loaded.units[place]
            posts[kind, place] = Post.objects.create(
                unit=unit,
                area=unit.area,
                party_org=party,
                kind=kind,
                title=name_post(kind, unit),
                order=orders[kind],
                committee=list(pack[kind].committee),
            )
        return posts[kind, place]

    for row in loaded.world.postings:
        kinds = ["discipline_member", "reporter"] if row.post == "discipline_member" and row.place in loaded.units else [row.post]
        for kind in kinds:
            appointments.append(
                Appointment(
                    person=loaded.people[row.person],
                    post=find_post(kind, row.place),
                    valid_from=row.valid_from,
                    valid_to=row.valid_to,
                    version=1,
                )
            )
    Appointment.objects.bulk_create(appointments)


def name_post(kind: str, unit: Unit) -> str:
    """Return the title as the unit calls it: 站长 at a station, 主任 at an office."""
    if kind == "station_chief":
        return "站长" if unit.kind == Unit.Kind.STATION else "主任"
    return str(POST_TITLES[kind])


def load_indicators(loaded: Loaded) -> None:
    """Adopt the handbook in each area, by its 指标管理员."""
    start = loaded.world.today - timedelta(days=800)
    for area in (row for row in loaded.world.organisations if row.kind == "area"):
        unit = loaded.units[area.code]
        offices = {code: loaded.units[row.code] for row in loaded.world.list_units(area.code) for code in row.offices}
        offices["discipline"] = unit
        with at_time(moment_of(start, 9)):
            adopt_indicators(unit, offices=offices, by=loaded.holder("indicator_admin", area.code, loaded.world.today))
        for indicator in Indicator.objects.filter(area=unit):
            loaded.indicators[area.code, indicator.code] = indicator


def load_targets(loaded: Loaded) -> None:
    """Write the planned targets and bases; approved adjustments change them at the run, not here."""
    bases = {(row.unit, row.period, row.indicator): row.base for row in loaded.series.figures}
    plans = {(row.unit, row.period, row.indicator): row.planned for row in loaded.series.targets}
    Target.objects.bulk_create(
        (
            Target(
                area=loaded.units[area_of(unit)],
                unit=loaded.units[unit],
                indicator=loaded.indicators[area_of(unit), indicator],
                period=period,
                value=plans.get((unit, period, indicator)),
                base=bases.get((unit, period, indicator)),
                version=1,
            )
            for unit, period, indicator in sorted({*plans, *(key for key, base in bases.items() if base is not None)})
        ),
        batch_size=1000,
    )


def area_of(unit: str) -> str:
    """Return the area's code of a unit's: 'A1-CY4' → 'A1'."""
    return unit.split("-")[0]


def moment_of(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day in the unit's own time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)), timezone.get_default_timezone())


def list_accounts(loaded: Loaded) -> list[tuple[str, str, str]]:
    """Return (post, name, login name) of the accounts to print."""
    return [(row.title, row.name, row.login) for row in loaded.world.accounts]


def describe_accounts(rows: list[tuple[str, str, str]]) -> str:
    """Return the printed table of demo accounts."""
    lines = [f"演示账号(密码都是 {entities.DEMO_PASSWORD}):"]
    lines += [f"  {login:<18} {name}  {title}" for title, name, login in rows]
    return "\n".join(lines)


def has_data() -> bool:
    return Unit.objects.exists()


def settings_allow_demo() -> bool:
    """The demo is loaded only where it was asked for: its passwords are public."""
    return bool(settings.DEMO)
