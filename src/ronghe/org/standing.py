"""Where a person stands now: the posts held today and the part of the tree under them. Read anew at each request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ronghe.common.calendar import today
from ronghe.org.kinds import ADMINISTRATORS, LEADERS


@dataclass(frozen=True)
class HeldPost:
    """One post held today. `area_id` is empty for posts above the 管理区; `areas`: where it gives rights.

    That is the post's own area; an administrator above looks after each area below, and after the people above, too.
    """

    kind: str
    title: str
    unit_id: int
    unit_name: str
    area_id: int | None
    acting: bool
    areas: frozenset[int] = frozenset()


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
        """Tell whether a post of these kinds is held, reaching this area or in this unit where one is given."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return any(
            post.kind in wanted and (area_id is None or area_id in post.areas) and (unit_id is None or post.unit_id == unit_id)
            for post in self.posts
        )

    def areas_of(self, kinds: str | Iterable[str]) -> frozenset[int]:
        """Return the areas that posts of these kinds reach."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return frozenset(area_id for post in self.posts if post.kind in wanted for area_id in post.areas)

    def holds_above(self, kinds: str | Iterable[str]) -> bool:
        """Tell whether a post of these kinds is held above the areas."""
        wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        return any(post.kind in wanted and post.area_id is None for post in self.posts)

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
    """Read the posts held today in one query; one more for somebody without any, one more for posts above the areas."""
    from ronghe.org.models import Appointment, Person  # noqa: PLC0415  (models lean on standing for visible_to)

    day = today()
    held = Appointment.objects.on(day).filter(person__user_id=user.pk).select_related("person", "post__unit")
    rows = list(held.order_by("post__order", "post_id"))
    person = rows[0].person if rows else Person.objects.filter(user_id=user.pk).first()
    if person is None or (person.left_on and person.left_on <= day):
        return NOBODY
    user.person = person
    below = map_areas_below([row.post.unit_id for row in rows if row.post.area_id is None])
    posts = tuple(
        HeldPost(
            row.post.kind, row.post.title, row.post.unit_id, row.post.unit.name, row.post.area_id, row.acting, find_reach(row.post, below)
        )
        for row in rows
    )
    business = frozenset(post.area_id for post in posts if post.kind not in ADMINISTRATORS and post.area_id is not None)
    upper = [post.unit_id for post in posts if post.kind == "upper_committee"]
    overseen = frozenset(area_id for unit_id in upper for area_id in below.get(unit_id, ()))
    return Standing(person.pk, person.name, person.area_id, person.unit_id, posts, business, overseen)


def map_areas_below(unit_ids: list[int]) -> dict[int, frozenset[int]]:
    """Return unit → the 管理区 right below it. One query, none without units."""
    from ronghe.org.models import Unit  # noqa: PLC0415  (models lean on standing for visible_to)

    if not unit_ids:
        return {}
    found: dict[int, set[int]] = {}
    for pk, parent_id in Unit.objects.filter(kind=Unit.Kind.AREA, parent_id__in=unit_ids).values_list("pk", "parent_id"):
        found.setdefault(parent_id, set()).add(pk)
    return {unit_id: frozenset(areas) for unit_id, areas in found.items()}


def find_reach(post: Any, below: dict[int, frozenset[int]]) -> frozenset[int]:
    """Return the areas in which a post gives rights. The committee above reads its areas (`overseen_areas`) but holds nothing in them."""
    if post.area_id is not None:
        return frozenset({post.area_id})
    return below.get(post.unit_id, frozenset()) if post.kind in ADMINISTRATORS else frozenset()
