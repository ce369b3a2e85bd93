"""Where a person stands now: the posts held today and the part of the tree under them. Read anew at each request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ronghe.common.calendar import today
from ronghe.org.kinds import ADMINISTRATORS, LEADERS


@dataclass(frozen=True)
class HeldPost:
    """One post held today. `area_id` is empty for posts above the 管理区."""

    kind: str
    title: str
    unit_id: int
    unit_name: str
    area_id: int | None
    acting: bool


@dataclass(frozen=True)
class Standing:
    """Plain answers to 'who is this now'. `readable_areas`: whose business content this person may read at all."""

    person_id: int | None = None
    name: str = ""
    area_id: int | None = None
    unit_id: int | None = None
    posts: tuple[HeldPost, ...] = ()
    readable_areas: frozenset[int] = frozenset()
    overseen_areas: frozenset[int] = frozenset()

    def holds(self, kinds: str | Iterable[str], *, area_id: int | None = None, unit_id: int | None = None) -> bool:
        """Tell whether a post of these kinds is held, in this area or unit where one is given."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return any(
            post.kind in wanted and (area_id is None or post.area_id == area_id) and (unit_id is None or post.unit_id == unit_id)
            for post in self.posts
        )

    def areas_of(self, kinds: str | Iterable[str]) -> frozenset[int]:
        """Return the areas in which a post of these kinds is held."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return frozenset(post.area_id for post in self.posts if post.kind in wanted and post.area_id is not None)

    def units_of(self, kinds: str | Iterable[str]) -> frozenset[int]:
        """Return the units in which a post of these kinds is held."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return frozenset(post.unit_id for post in self.posts if post.kind in wanted)

    @property
    def is_leader(self) -> bool:
        return self.holds(LEADERS)

    @property
    def main_title(self) -> str:
        return self.posts[0].title if self.posts else ""


NOBODY = Standing()


def standing_of(user: Any) -> Standing:
    """Return the user's standing of today, computed once per user object (a request makes a new one). Two or three queries."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    cached = getattr(user, "_standing", None)
    if cached is None:
        cached = user._standing = load_standing(user)
    return cached


def load_standing(user: Any) -> Standing:
    """Read the posts held today in one query; one more for somebody without any, one more for the committee above."""
    from ronghe.org.models import Appointment, Person, Unit  # noqa: PLC0415  (models lean on standing for visible_to)

    day = today()
    held = Appointment.objects.on(day).filter(person__user_id=user.pk).select_related("person", "post__unit")
    rows = list(held.order_by("post__order", "post_id"))
    person = rows[0].person if rows else Person.objects.filter(user_id=user.pk).first()
    if person is None or (person.left_on and person.left_on <= day):
        return NOBODY
    user.person = person
    posts = tuple(
        HeldPost(row.post.kind, row.post.title, row.post.unit_id, row.post.unit.name, row.post.area_id, row.acting) for row in rows
    )
    business = frozenset(post.area_id for post in posts if post.kind not in ADMINISTRATORS and post.area_id is not None)
    upper = [post.unit_id for post in posts if post.kind == "upper_committee"]
    overseen: frozenset[int] = frozenset()
    if upper:
        overseen = frozenset(Unit.objects.filter(kind=Unit.Kind.AREA, parent_id__in=upper).values_list("pk", flat=True))
    return Standing(person.pk, person.name, person.area_id, person.unit_id, posts, business, overseen)
