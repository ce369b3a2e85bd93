"""The demo's people and organisations: the counts and the rules that every reader may rely on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from ronghe.portal.demo.entities import World
from ronghe.portal.demo.world import build_world, name_group

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 31), date(2026, 12, 31)]


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(TODAY)


@pytest.mark.parametrize("today", DAYS)
def test_two_calls_give_the_same_world(today: date) -> None:
    assert build_world(today) == build_world(today)


def test_units_and_tracks_of_the_first_area(world: World) -> None:
    units = world.list_units("A1")

    assert len(units) == 12
    assert min(Counter(unit.track for unit in units).values()) >= 3
    assert len(world.list_units("A2")) == 5


def test_counts_of_people(world: World) -> None:
    active = [person for person in world.people if person.active]

    assert sum(person.organisation.startswith("A1") for person in active) == 240
    assert sum(person.organisation.startswith("A2") for person in active) == 70
    assert any(not person.active for person in world.people)
    assert Counter(row.branch for row in {(row.person, row.branch): row for row in world.committee}.values()) == {"ZB1": 7, "ZB2": 5}


def test_members_of_the_first_branch(world: World) -> None:
    members = [row for row in world.memberships if row.valid_to is None and row.group.startswith("A1")]

    assert len(members) == 46
    assert len({row.person for row in members}) == 46
    assert sum(row.status == "probationary" for row in members) == 2


@pytest.mark.parametrize("today", DAYS)
def test_groups_have_three_members_and_a_full_one_leads(today: date) -> None:
    world = build_world(today)
    for back in (0, 45, 200):
        on = today - timedelta(days=back)
        for unit in world.list_units():
            group = name_group(unit.code)
            members = {
                row.person: row.status
                for row in world.memberships
                if row.group == group and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
            }
            (chief,) = world.find_holders("station_chief", unit.code, on)
            assert len(members) >= 3, (group, on)
            assert world.find_holders("group_leader", group, on) == [chief]
            assert members[chief] == "full"


@pytest.mark.parametrize("today", DAYS)
def test_every_unit_has_one_reporter_who_is_no_reviewer(today: date) -> None:
    world = build_world(today)
    for unit in world.list_units():
        for on in (today, today - timedelta(days=50)):
            (reporter,) = world.find_holders("reporter", unit.code, on)
            assert reporter not in world.find_holders("reviewer", unit.parent, on)
    assert len(world.find_holders("reviewer", "A1", today)) == 2
    assert len(world.find_holders("discipline_member", "A1", today)) == 3


def test_everybody_active_has_one_main_post(world: World) -> None:
    mains = Counter(row.person for row in world.postings if row.main and row.valid_to is None)

    assert mains == {person.number: 1 for person in world.people if person.active}


def test_somebody_changed_post_mid_month(world: World) -> None:
    assert any(row.valid_from.day == 16 for row in world.postings)


def test_references_resolve(world: World) -> None:
    people = {person.number for person in world.people}
    organisations = {row.code for row in world.organisations}
    groups = {row.code for row in world.party_organisations}

    assert len(people) == len(world.people)
    assert {row.person for row in world.postings} == people
    assert {row.place for row in world.postings} <= organisations | groups
    assert {row.group for row in world.memberships} <= groups
    assert {person.organisation for person in world.people} <= organisations


def test_names_and_logins(world: World) -> None:
    repeated = [name for name, count in Counter(person.name for person in world.people).items() if count > 1]

    assert repeated == ["张伟"]
    assert len({person.login for person in world.people}) == len(world.people)
    assert len(world.accounts) == 23
