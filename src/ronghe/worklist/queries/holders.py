"""Who holds which post on which day of a month, and who stands above an empty one. One query for an area."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment

# whose superior is asked first; the others follow in their order
ABOVE = {"station_chief": "area_manager", "reporter": "area_manager", "indicator_admin": "area_manager", "reviewer": "area_manager"}
USUAL_ABOVE = "branch_secretary"


@dataclass(frozen=True, slots=True)
class Held:
    person_id: int
    acting: bool
    valid_from: date
    valid_to: date | None
    left_on: date | None

    def on(self, day: date) -> bool:
        gone = self.left_on is not None and self.left_on <= day
        return not gone and self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class Holders:
    """The appointments of an area that touch first..last. Of two holders of one post the acting one has it: the other is away."""

    def __init__(self, area_id: int, first: date, last: date) -> None:
        rows = (
            Appointment.objects.between(first, last)
            .filter(Q(post__closed_on=None) | Q(post__closed_on__gte=first), post__area_id=area_id)
            .order_by("-acting", "valid_from", "id")
            .values_list("post_id", "post__kind", "person_id", "acting", "valid_from", "valid_to", "person__left_on")
        )
        self._by_post: dict[int, list[Held]] = defaultdict(list)
        self._by_kind: dict[str, list[Held]] = defaultdict(list)
        self._kinds: dict[int, str] = {}
        for post_id, kind, person_id, acting, valid_from, valid_to, left_on in rows.iterator(chunk_size=5000):
            held = Held(person_id, acting, valid_from, valid_to, left_on)
            self._by_post[post_id].append(held)
            if kind in LEADERS:
                self._by_kind[kind].append(held)

    def find(self, post_id: int, day: date) -> int | None:
        """Return the person who holds a post on a day."""
        return next((held.person_id for held in self._by_post.get(post_id, ()) if held.on(day)), None)

    def find_superior(self, kind: str, day: date) -> int | None:
        """Return who stands above a kind of post on a day: the secretary, or the manager, or another of the seven."""
        order = dict.fromkeys((ABOVE.get(kind, USUAL_ABOVE), "branch_secretary", "area_manager", *LEADERS))
        for above in order:
            if above == kind:
                continue
            for held in self._by_kind.get(above, ()):
                if held.on(day):
                    return held.person_id
        return None
