"""The named people whom every test uses, in a small world: one plant, two 管理区, three stations and two offices in the first.

李建国 书记 · 王海涛 经理 · 陈晓燕 经营副职 · 周卫东 技术副职 · 刘海涛/孙丽华/马晓燕 三位站长 · 何静 填报人 · 赵敏 指标管理员 ·
钱进 审核人 · 郑爽 纪检小组 · 吴桐 普通员工 · 高明 上级党委 · 系统/安全/审计管理员 · 二区: 韩冬 书记, 冯涛 站长, 许诺 指标管理员, 沈括 审核人
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from ronghe.accounts.models import User
from ronghe.notices.models import ReminderRule
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Post, Track, TrackPlace, Unit
from tests.stage import staged

PASSWORD = "ceshi-mima-2026"
SINCE = date(2020, 1, 1)


@dataclass
class World:
    """Units, tracks and people by short names: `world.person["李建国"]`, `world.unit["注采一站"]`."""

    plant: Unit
    area: Unit
    other: Unit
    unit: dict[str, Unit] = field(default_factory=dict)
    group: dict[str, PartyOrg] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        """world.lijianguo → the person with that login name."""
        for person in self.__dict__.get("person", {}).values():
            if person.user and person.user.username == name:
                return person
        raise AttributeError(name)


def make_area(plant: Unit, code: str, name: str, committee: PartyOrg) -> Unit:
    area = Unit.objects.create(code=code, name=name, kind="area", parent=plant)
    area.area = area
    area.save()
    PartyOrg.objects.create(code=f"{code}-branch", name=f"{name}党支部", kind="branch", unit=area, area=area, parent=committee)
    return area


def make_person(world: World, name: str, login: str, unit: Unit, *posts: tuple[str, Unit]) -> Person:
    """Make a person with an account and posts (kind, unit); everybody is also staff of the home unit."""
    user = User.objects.create_user(login, PASSWORD)
    number = f"G{len(world.person) + 1:04d}"
    person = Person.objects.create(name=name, number=number, unit=unit, area=unit.area, user=user, pinyin=login, sort_key=login)
    for kind, where in posts or (("staff", unit),):
        appoint(person, kind, where)
    world.person[name] = person
    return person


def appoint(person: Person, kind: str, unit: Unit, *, valid_from: date = SINCE, valid_to: date | None = None) -> Appointment:
    """Give a person a post of a kind in a unit."""
    post, _made = Post.objects.get_or_create(unit=unit, kind=kind, area=unit.area, defaults={"title": str(POST_TITLES[kind])})
    return Appointment.objects.create(person=person, post=post, valid_from=valid_from, valid_to=valid_to)


# (管理区, code, name, kind, track)
UNITS = (
    ("a1", "s1", "注采一站", "station", "production"),
    ("a1", "s2", "注采二站", "station", "production"),
    ("a1", "s3", "注采三站", "station", "production"),
    ("a1", "party", "综合党群室", "office", "support"),
    ("a1", "biz", "经营管理室", "office", "support"),
    ("a2", "s1", "二区采油站", "station", "production"),
)
TRACKS = (("a1", "production", "采油站"), ("a1", "support", "综合保障"), ("a2", "production", "采油站"))
# (name, login, home unit, posts as (kind, unit)); nobody's home but the staff's is without a post
PEOPLE = (
    ("李建国", "lijianguo", "a1", (("branch_secretary", "a1"),)),
    ("王海涛", "wanghaitao", "a1", (("area_manager", "a1"),)),
    ("陈晓燕", "chenxiaoyan", "a1", (("deputy_business", "a1"),)),
    ("周卫东", "zhouweidong", "a1", (("deputy_geology", "a1"),)),
    ("刘海涛", "liuhaitao", "注采一站", (("station_chief", "注采一站"), ("group_leader", "注采一站"))),
    ("孙丽华", "sunlihua", "注采二站", (("station_chief", "注采二站"), ("group_leader", "注采二站"))),
    ("马晓燕", "maxiaoyan", "注采三站", (("station_chief", "注采三站"), ("group_leader", "注采三站"))),
    ("何静", "hejing", "注采一站", (("reporter", "注采一站"),)),
    ("罗兰", "luolan", "注采二站", (("reporter", "注采二站"),)),
    ("宋文", "songwen", "综合党群室", (("reporter", "综合党群室"),)),
    ("赵敏", "zhaomin", "经营管理室", (("indicator_admin", "a1"),)),
    ("钱进", "qianjin", "经营管理室", (("reviewer", "a1"),)),
    ("郑爽", "zhengshuang", "综合党群室", (("discipline_member", "a1"),)),
    ("吴桐", "wutong", "注采一站", (("staff", "注采一站"),)),
    ("高明", "gaoming", "plant", (("upper_committee", "plant"),)),
    ("系统管理员", "xitong", "a1", (("system_admin", "a1"),)),
    ("安全管理员", "anquan", "a1", (("security_admin", "a1"),)),
    ("审计管理员", "shenji", "a1", (("audit_admin", "a1"),)),
    ("韩冬", "handong", "a2", (("branch_secretary", "a2"),)),
    ("冯涛", "fengtao", "二区采油站", (("station_chief", "二区采油站"), ("reporter", "二区采油站"))),
    ("许诺", "xunuo", "a2", (("indicator_admin", "a2"),)),
    ("沈括", "shenkuo", "a2", (("reviewer", "a2"),)),
)
MEMBERS = ("刘海涛", "孙丽华", "马晓燕")


@staged
def build_world() -> World:
    """Write the small world in a dozen statements: a thousand tests begin with it."""
    # a transactional test before this one has flushed what the migrations wrote
    ReminderRule.objects.get_or_create(area=None, kind="")
    plant = Unit.objects.create(code="plant", name="示范采油厂", kind="plant")
    committee = PartyOrg.objects.create(code="plant-committee", name="示范采油厂党委", kind="committee", unit=plant)
    area = make_area(plant, "a1", "示范采油管理区", committee)
    other = make_area(plant, "a2", "示范第二采油管理区", committee)
    world = World(plant, area, other)
    places = {"plant": plant, "a1": area, "a2": other}
    build_units(world, places)
    build_people(world, places)
    return world


def build_units(world: World, places: dict[str, Unit]) -> None:
    """Write stations and offices, each in its track and with its group; `places` gets them by name."""
    tracks = Track.objects.bulk_create(
        Track(area=places[area], code=code, name=name, order=order, version=1) for order, (area, code, name) in enumerate(TRACKS, 1)
    )
    track_of = {(area, code): track for (area, code, _name), track in zip(TRACKS, tracks, strict=True)}
    branches = {branch.area_id: branch for branch in PartyOrg.objects.filter(kind="branch")}
    units = Unit.objects.bulk_create(
        Unit(code=f"{area}-{code}", name=name, kind=kind, parent=places[area], area=places[area], order=order, version=1)
        for order, (area, code, name, kind, _track) in enumerate(UNITS, 1)
    )
    world.unit = {unit.name: unit for unit in units}
    places.update(world.unit)
    TrackPlace.objects.bulk_create(
        TrackPlace(unit=world.unit[name], track=track_of[area, track], valid_from=SINCE) for area, _code, name, _kind, track in UNITS
    )
    groups = PartyOrg.objects.bulk_create(
        PartyOrg(
            code=f"{unit.code}-group", name=f"{unit.name}党小组", kind="group", unit=unit, area=unit.area,
            parent=branches[unit.area_id], version=1,
        )
        for unit in units
    )  # fmt: skip
    world.group = {group.unit.name: group for group in groups}


def build_people(world: World, places: dict[str, Unit]) -> None:
    """Write everybody with an account, their posts and who is a member of the group at home."""
    users = User.objects.bulk_create(User(username=login, password=hash_password()) for _name, login, _home, _posts in PEOPLE)
    people = Person.objects.bulk_create(
        Person(
            name=name, number=f"G{number:04d}", unit=places[home], area=places[home].area, user=user, pinyin=login, sort_key=login, version=1
        )
        for number, ((name, login, home, _posts), user) in enumerate(zip(PEOPLE, users, strict=True), 1)
    )  # fmt: skip
    world.person = {person.name: person for person in people}
    seats = [(name, kind, places[where]) for name, _login, _home, posts in PEOPLE for kind, where in posts]
    posts = Post.objects.bulk_create(
        Post(unit=unit, area=unit.area, kind=kind, title=str(POST_TITLES[kind]), version=1) for _name, kind, unit in seats
    )
    Appointment.objects.bulk_create(
        Appointment(person=world.person[name], post=post, valid_from=SINCE, version=1)
        for (name, _kind, _unit), post in zip(seats, posts, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(person=world.person[name], group=world.group[world.person[name].unit.name], valid_from=SINCE) for name in MEMBERS
    )


@cache
def hash_password() -> str:
    return make_password(PASSWORD)
