"""Draws names from names.toml and makes login names of their pinyin."""

from __future__ import annotations

import random
from typing import Any


class NameGiver:
    """Gives each full name once; a login that is taken gets a number, as an administrator would do."""

    def __init__(self, data: dict[str, Any], rng: random.Random) -> None:
        self.data = data
        self.rng = rng
        self.surnames = [(row[0], row[1]) for row in data["surname"]]
        self.weights = [row[2] for row in data["surname"]]
        self.names: set[str] = set()
        self.logins: set[str] = set()

    def reserve(self, name: str, login: str) -> None:
        self.names.add(name)
        self.logins.add(login)

    def draw(self, gender: str) -> tuple[str, str]:
        """A new name and a free login for it."""
        while True:
            name, pinyin = self._draw_name(gender)
            if name not in self.names:
                break
        login = self._free_login(pinyin)
        self.reserve(name, login)
        return name, login

    def _draw_name(self, gender: str) -> tuple[str, str]:
        kind = "female" if gender == "f" else "male"
        surname, pinyin = self.rng.choices(self.surnames, self.weights)[0]
        if self.rng.random() < 0.14:
            given, sound = self.rng.choice(self.data[f"{kind}_single"])
            return surname + given, pinyin + sound
        first, first_sound = self.rng.choice(self.data[f"{kind}_first"])
        second, second_sound = self.rng.choice(self.data[f"{kind}_second"])
        if first == second:
            return self._draw_name(gender)
        return surname + first + second, pinyin + first_sound + second_sound

    def _free_login(self, pinyin: str) -> str:
        if pinyin not in self.logins:
            return pinyin
        number = 2
        while f"{pinyin}{number}" in self.logins:
            number += 1
        return f"{pinyin}{number}"
