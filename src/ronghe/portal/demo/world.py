"""Builds the demo's organisations, people and posts from cast.toml, people.toml and names.toml."""

from __future__ import annotations

import random
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ronghe.portal.demo.changes import apply_changes
from ronghe.portal.demo.entities import (
    CommitteePosting,
    DemoAccount,
    Membership,
    Organisation,
    PartyOrganisation,
    Person,
    Posting,
    Skill,
    StationCharge,
    World,
)
from ronghe.portal.demo.months import shift_month
from ronghe.portal.demo.naming import NameGiver

SEED = 20260101
HERE = Path(__file__).parent
AREA_POSTS = ("indicator_admin", "reviewer", "discipline_member")


def build_world(today: date, seed: int = SEED) -> World:
    """The same world for the same day and seed, whatever else has drawn random numbers."""
    cast = _read("cast.toml")
    named = _read("people.toml")
    world = World(today=today)
    founded = date(today.year - 4, 1, 1)
    _add_organisations(world, cast, founded)
    _add_party_organisations(world, cast, founded)
    builder = _PeopleBuilder(world, founded, random.Random(seed))
    builder.reserve_logins(cast["leader"], named["person"])
    builder.add_leaders(cast["leader"], cast["area"])
    for unit in [cast["plant"], *cast["unit"]]:
        builder.add_unit_people(unit, [row for row in named["person"] if row["unit"] == unit["code"]])
    apply_changes(world, founded)
    world.accounts = [
        DemoAccount(title=row["title"], name=world.find_person(row["login"]).name, login=row["login"]) for row in named["account"]
    ]
    return world


def _read(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


def _add_organisations(world: World, cast: dict[str, Any], founded: date) -> None:
    plant = cast["plant"]
    world.organisations.append(Organisation(plant["code"], plant["name"], "plant", "", "", 1, founded))
    for order, area in enumerate(cast["area"], 1):
        world.organisations.append(Organisation(area["code"], area["name"], "area", plant["code"], "", order, founded))
    for order, unit in enumerate(cast["unit"], 1):
        world.organisations.append(
            Organisation(
                unit["code"],
                unit["name"],
                unit["kind"],
                unit["area"],
                unit["track"],
                order,
                founded,
                tuple(unit.get("offices", [])),
            )
        )
        world.skills.append(Skill(unit["code"], unit["party_skill"], unit["business_skill"], unit.get("oil", 0)))


def _add_party_organisations(world: World, cast: dict[str, Any], founded: date) -> None:
    plant = cast["plant"]
    # The current term of three years began the summer before last.
    term_from = date(world.today.year - 1, 6, 28)
    term_to = date(world.today.year + 2, 6, 27)
    world.party_organisations.append(
        PartyOrganisation(plant["party_code"], plant["party_name"], "committee", "", plant["code"], 1, founded)
    )
    branches: dict[str, str] = {}
    for order, area in enumerate(cast["area"], 1):
        branches[area["code"]] = area["party_code"]
        world.party_organisations.append(
            PartyOrganisation(
                area["party_code"],
                area["party_name"],
                "branch",
                plant["party_code"],
                area["code"],
                order,
                founded,
                term_from,
                term_to,
            )
        )
    for order, unit in enumerate(cast["unit"], 1):
        world.party_organisations.append(
            PartyOrganisation(
                name_group(unit["code"]), f"{unit['name']}党小组", "group", branches[unit["area"]], unit["code"], order, founded
            )
        )


def name_group(unit: str) -> str:
    """The code of a unit's party group."""
    return f"{unit}-DXZ"


class _PeopleBuilder:
    """Hands out numbers, names and posts while the units are filled one after another."""

    def __init__(self, world: World, founded: date, rng: random.Random) -> None:
        self.world = world
        self.founded = founded
        self.rng = rng
        self.names = NameGiver(_read("names.toml"), rng)
        self.next_number = 1

    def reserve_logins(self, *groups: list[dict[str, Any]]) -> None:
        """Named people keep their login, so a drawn namesake gets the numbered one."""
        for group in groups:
            for row in group:
                self.names.reserve(row["name"], row["login"])

    def add_leaders(self, leaders: list[dict[str, Any]], areas: list[dict[str, Any]]) -> None:
        branches = {area["code"]: area["party_code"] for area in areas}
        for row in leaders:
            person = self._add_person(row["name"], row["login"], row["gender"], row["area"])
            self._post(person, row["post"], row["area"], main=True)
            for seat in row["committee"]:
                elected = date(self.world.today.year - 1, 6, 28)
                self.world.committee.append(CommitteePosting(person.number, seat, branches[row["area"]], elected))
            self._join_group(person, name_group(row["group"]), "full")
            self.world.charges.extend(StationCharge(person.number, unit, self.founded) for unit in row["stations"])

    def add_unit_people(self, unit: dict[str, Any], named: list[dict[str, Any]]) -> None:
        members = 0
        for row in named:
            person = self._add_person(row["name"], row["login"], row["gender"], unit["code"])
            self._add_named_posts(person, unit, row)
            status = "full" if row.get("chief") else row.get("party", "none")
            if status != "none" and "members" in unit:
                self._join_group(person, name_group(unit["code"]), status)
                members += 1
        drawn = [self._draw_person(unit["code"]) for _ in range(unit.get("headcount", 0) - len(named))]
        for person in drawn:
            self._post(person, "staff", unit["code"], main=True)
        for person in drawn[: unit.get("members", 0) - members]:
            self._join_group(person, name_group(unit["code"]), "full")
        if drawn and not any("reporter" in row.get("posts", []) for row in named):
            # The last one drawn, so that reporting does not fall to party members only.
            self._post(drawn[-1], "reporter", unit["code"], main=False)

    def _add_named_posts(self, person: Person, unit: dict[str, Any], row: dict[str, Any]) -> None:
        posts = row.get("posts", [])
        if "area" not in unit:
            for post in posts:
                self._post(person, post, unit["code"], main=True)
            return
        if row.get("chief"):
            self._post(person, "station_chief", unit["code"], main=True)
            self._post(person, "group_leader", name_group(unit["code"]), main=False)
        else:
            self._post(person, "staff", unit["code"], main=True)
        for post in posts:
            self._post(person, post, unit["area"] if post in AREA_POSTS else unit["code"], main=False)

    def _draw_person(self, organisation: str) -> Person:
        gender = "f" if self.rng.random() < 0.32 else "m"
        name, login = self.names.draw(gender)
        return self._add_person(name, login, gender, organisation)

    def _add_person(self, name: str, login: str, gender: str, organisation: str) -> Person:
        joined = self.founded - timedelta(days=self.rng.randint(200, 9000))
        person = Person(f"SF{self.next_number:05d}", name, login.rstrip("0123456789"), login, gender, organisation, joined)
        self.next_number += 1
        self.world.people.append(person)
        return person

    def _post(self, person: Person, post: str, place: str, *, main: bool) -> None:
        self.world.postings.append(Posting(person.number, post, place, main, self.founded))

    def _join_group(self, person: Person, group: str, status: str) -> None:
        # Probation lasts a year: theirs began seven months ago.
        since = self.founded if status == "full" else shift_month(self.world.today, -7)
        self.world.memberships.append(Membership(person.number, group, status, since))
