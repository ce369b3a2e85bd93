"""The named people whom every test uses, in a small world: one plant, two 管理区, three stations and two offices in the first.

李建国 书记 · 王海涛 经理 · 陈晓燕 经营副职 · 周卫东 技术副职 · 刘海涛/孙丽华/马晓燕 三位站长 · 何静 填报人 · 赵敏 指标管理员 ·
钱进 审核人 · 郑爽 纪检小组 · 吴桐 普通员工 · 高明 上级党委 · 系统/安全/审计管理员 · 二区: 韩冬 书记, 冯涛 站长, 许诺 指标管理员, 沈括 审核人
"""

from dataclasses import dataclass, field
from datetime import date

from ronghe.accounts.models import User
from ronghe.notices.models import ReminderRule
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Post, Track, TrackPlace, Unit

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


def make_unit(world: World, area: Unit, code: str, name: str, kind: str, track: Track | None, order: int) -> Unit:
    unit = Unit.objects.create(code=code, name=name, kind=kind, parent=area, area=area, order=order)
    world.unit[name] = unit
    if track is not None:
        TrackPlace.objects.create(unit=unit, track=track, valid_from=SINCE)
    branch = PartyOrg.objects.get(area=area, kind="branch")
    world.group[name] = PartyOrg.objects.create(
        code=f"{code}-group", name=f"{name}党小组", kind="group", unit=unit, area=area, parent=branch
    )
    return unit


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


def build_world() -> World:
    # a transactional test before this one has flushed what the migrations wrote
    ReminderRule.objects.get_or_create(area=None, kind="")
    plant = Unit.objects.create(code="plant", name="示范采油厂", kind="plant")
    committee = PartyOrg.objects.create(code="plant-committee", name="示范采油厂党委", kind="committee", unit=plant)
    area = make_area(plant, "a1", "示范采油管理区", committee)
    other = make_area(plant, "a2", "示范第二采油管理区", committee)
    world = World(plant, area, other)
    production = Track.objects.create(area=area, code="production", name="采油站", order=1)
    support = Track.objects.create(area=area, code="support", name="综合保障", order=2)
    far_track = Track.objects.create(area=other, code="production", name="采油站", order=1)
    one = make_unit(world, area, "a1-s1", "注采一站", "station", production, 1)
    two = make_unit(world, area, "a1-s2", "注采二站", "station", production, 2)
    three = make_unit(world, area, "a1-s3", "注采三站", "station", production, 3)
    office = make_unit(world, area, "a1-party", "综合党群室", "office", support, 4)
    business = make_unit(world, area, "a1-biz", "经营管理室", "office", support, 5)
    far = make_unit(world, other, "a2-s1", "二区采油站", "station", far_track, 1)

    make_person(world, "李建国", "lijianguo", area, ("branch_secretary", area))
    make_person(world, "王海涛", "wanghaitao", area, ("area_manager", area))
    make_person(world, "陈晓燕", "chenxiaoyan", area, ("deputy_business", area))
    make_person(world, "周卫东", "zhouweidong", area, ("deputy_geology", area))
    for name, login, unit in (("刘海涛", "liuhaitao", one), ("孙丽华", "sunlihua", two), ("马晓燕", "maxiaoyan", three)):
        chief = make_person(world, name, login, unit, ("station_chief", unit), ("group_leader", unit))
        Membership.objects.create(person=chief, group=world.group[unit.name], valid_from=SINCE)
    make_person(world, "何静", "hejing", one, ("reporter", one))
    make_person(world, "罗兰", "luolan", two, ("reporter", two))
    make_person(world, "宋文", "songwen", office, ("reporter", office))
    make_person(world, "赵敏", "zhaomin", business, ("indicator_admin", area))
    make_person(world, "钱进", "qianjin", business, ("reviewer", area))
    make_person(world, "郑爽", "zhengshuang", office, ("discipline_member", area))
    make_person(world, "吴桐", "wutong", one)
    make_person(world, "高明", "gaoming", plant, ("upper_committee", plant))
    make_person(world, "系统管理员", "xitong", area, ("system_admin", area))
    make_person(world, "安全管理员", "anquan", area, ("security_admin", area))
    make_person(world, "审计管理员", "shenji", area, ("audit_admin", area))
    make_person(world, "韩冬", "handong", other, ("branch_secretary", other))
    make_person(world, "冯涛", "fengtao", far, ("station_chief", far), ("reporter", far))
    make_person(world, "许诺", "xunuo", other, ("indicator_admin", other))
    make_person(world, "沈括", "shenkuo", other, ("reviewer", other))
    return world
