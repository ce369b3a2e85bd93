"""What happened to people in the last year: a change of chiefs, a reporter who moved mid-month, some who left.

The cast shows everybody where they are today; these functions put the past before it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ronghe.portal.demo.entities import Membership, Person, Posting, World, end_row
from ronghe.portal.demo.months import first_of_month, shift_month

# name, login, gender, unit, months back, day, reason
LEAVERS = (
    ("许子旭", "xuzixu", "m", "A1-CY3", 8, 20, "辞职"),
    ("潘俊凯", "panjunkai", "m", "A1-CY6", 6, 10, "调出"),
    ("董桂芳", "dongguifang", "f", "A1-CY1", 3, 30, "退休"),
    ("贾振松", "jiazhensong", "m", "A2-CY2", 5, 15, "退休"),
)


def apply_changes(world: World, founded: date) -> None:
    _change_chiefs(world, founded)
    _move_reporter(world, founded)
    for name, login, gender, unit, back, day, reason in LEAVERS:
        person = _add_leaver(world, founded, name, login, gender, unit, _day_back(world.today, back, day), reason)
        world.postings.append(_end_on_leaving(person, "staff", unit, main=True, founded=founded))


def _day_back(today: date, months: int, day: int) -> date:
    """That day of the month so many months ago; the last of a short month stands for what it lacks."""
    month = shift_month(first_of_month(today), -months)
    last = shift_month(month, 1) - timedelta(days=1)
    return min(month + timedelta(days=day - 1), last)


def _change_chiefs(world: World, founded: date) -> None:
    """Four months ago, on the 16th: 生产指挥中心's chief retired, 采油六站's took over, 采油二站 sent the new one there."""
    on = _day_back(world.today, 4, 16)
    before = on - timedelta(days=1)
    retired = _add_leaver(world, founded, "隋金生", "suijinsheng", "m", "A1-JS3", before, "退休")
    world.postings.append(_end_on_leaving(retired, "station_chief", "A1-JS3", main=True, founded=founded))
    world.postings.append(_end_on_leaving(retired, "group_leader", "A1-JS3-DXZ", main=False, founded=founded))
    world.memberships.append(Membership(retired.number, "A1-JS3-DXZ", "full", founded, before))

    centre = world.find_person("guoyonghui").number
    _start_later(world, centre, on, "任生产指挥中心主任")
    world.postings.append(Posting(centre, "station_chief", "A1-CY6", True, founded, before, "调任生产指挥中心主任"))
    world.postings.append(Posting(centre, "group_leader", "A1-CY6-DXZ", False, founded, before))
    _move_member(world, centre, "A1-CY6-DXZ", on)

    station = world.find_person("mengfanliang").number
    _start_later(world, station, on, "任采油六站站长")
    world.postings.append(Posting(station, "staff", "A1-CY2", True, founded, before, "调任采油六站站长"))
    _move_member(world, station, "A1-CY2-DXZ", on)


def _move_reporter(world: World, founded: date) -> None:
    """Last month, on the 16th: a reporter of 采油四站 took over from one at 生产指挥中心 who retired."""
    on = _day_back(world.today, 1, 16)
    before = on - timedelta(days=1)
    retired = _add_leaver(world, founded, "任淑芳", "renshufang", "f", "A1-JS3", before, "退休")
    world.postings.append(_end_on_leaving(retired, "staff", "A1-JS3", main=True, founded=founded))
    world.postings.append(_end_on_leaving(retired, "reporter", "A1-JS3", main=False, founded=founded))

    mover = world.find_person("yuxiaomeng").number
    _start_later(world, mover, on, "由采油四站调入")
    world.postings.append(Posting(mover, "staff", "A1-CY4", True, founded, before, "月中调往生产指挥中心"))
    world.postings.append(Posting(mover, "reporter", "A1-CY4", False, founded, before))

    successor = world.find_person("jiangwenchao").number
    world.postings = [
        replace(row, valid_from=on, note="接替填报") if row.person == successor and row.post == "reporter" else row
        for row in world.postings
    ]


def _start_later(world: World, person: str, on: date, note: str) -> None:
    """What the cast says of this person has held only since that day."""
    world.postings = [replace(row, valid_from=on, note=note) if row.person == person else row for row in world.postings]


def _move_member(world: World, person: str, old_group: str, on: date) -> None:
    moved: list[Membership] = []
    for row in world.memberships:
        if row.person != person:
            moved.append(row)
            continue
        moved.append(replace(row, group=old_group, valid_to=on - timedelta(days=1)))
        moved.append(replace(row, valid_from=on))
    world.memberships = moved


def _add_leaver(world: World, founded: date, name: str, login: str, gender: str, unit: str, last_day: date, reason: str) -> Person:
    number = f"SF{len(world.people) + 1:05d}"
    joined = founded - timedelta(days=7000 if reason == "退休" else 900)
    person = Person(number, name, login, login, gender, unit, joined, last_day, reason)
    world.people.append(person)
    return person


def _end_on_leaving(person: Person, post: str, place: str, *, main: bool, founded: date) -> Posting:
    row = Posting(person.number, post, place, main, founded)
    return end_row(row, person.left or founded, person.left_reason)
