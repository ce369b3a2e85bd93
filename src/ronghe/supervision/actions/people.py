"""Who may check what: the holders of posts in an area, read once for all its lines."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.rectification.queries import list_takers
from ronghe.supervision.models.checks import CheckLine
from ronghe.supervision.rules.checks import choose_checker

FALLBACK = ("discipline_member", "branch_secretary", "area_manager", *LEADERS)


class Seats:
    """The holders of an area's posts on a day, and where they are at home. Three queries for any number of lines."""

    def __init__(self, area_id: int, day: date) -> None:
        rows = Appointment.objects.on(day).filter(post__area_id=area_id, person__left_on=None).order_by("-acting", "pk")
        self._by_kind: dict[str, list[int]] = defaultdict(list)
        self._by_unit: dict[tuple[str, int], list[int]] = defaultdict(list)
        for person_id, kind, unit_id in rows.values_list("person_id", "post__kind", "post__unit_id"):
            if person_id not in self._by_kind[kind]:
                self._by_kind[kind].append(person_id)
            self._by_unit[kind, unit_id].append(person_id)
        self.able = set(list_takers(area_id).values_list("pk", flat=True))
        self._homes: dict[int, set[int]] = defaultdict(set)
        for pk, unit_id in Person.objects.filter(area_id=area_id, left_on=None).values_list("pk", "unit_id"):
            self._homes[unit_id].add(pk)

    def list_supervised(self, line: CheckLine, unit_id: int) -> set[int]:
        """Return who answers for what a line supervises at a unit: holders of its post there, and at a station everybody at home there."""
        if not line.per_unit:
            return set(self._by_kind[line.supervised])
        return set(self._by_unit[line.supervised, unit_id]) | self._homes[unit_id]

    def list_supervisors(self, line: CheckLine) -> list[int]:
        return self._keep_able(self._by_kind[line.supervisor])

    def list_kind(self, kind: str) -> list[int]:
        return self._keep_able(self._by_kind[kind])

    def list_others(self) -> list[int]:
        return self._keep_able(dict.fromkeys(one for kind in FALLBACK for one in self._by_kind[kind]))

    def choose(self, line: CheckLine, unit_id: int, turn: int) -> int | None:
        """Return who checks a line at a unit: never the supervised."""
        barred = self.list_supervised(line, unit_id)
        return choose_checker(self.list_supervisors(line), self.list_others(), barred, turn)

    def _keep_able(self, people: Iterable[int]) -> list[int]:
        return [one for one in people if one in self.able]
