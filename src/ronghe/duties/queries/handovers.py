"""What a person holds, from every context (registry `holdings`), and what was handed over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.common.registry import Held
from ronghe.duties.models import StandingDeputy
from ronghe.duties.queries.matrix import list_matters_of, posts_of
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Person


@dataclass(frozen=True)
class HeldLine:
    """One thing that somebody holds. `name` is that of its field in the form and its key in the handover."""

    registry: str
    held: Held

    @property
    def name(self) -> str:
        return f"{self.registry}/{self.held.key}"


def list_everything(person_id: int) -> list[HeldLine]:
    """Return all that somebody holds, posts first. A few queries for each context."""
    names = sorted(registry.holdings.items(), key=lambda item: (item[0] != "duties", item[0]))
    return [HeldLine(name, held) for name, holder in names for held in holder.list(person_id)]


def list_posts(person_id: int, day: date) -> list[Held]:
    """Return the posts of somebody with what goes along with each; an administrator's is for the 安全管理员 to give. Three queries."""
    posts = [post for post in posts_of(person_id, day) if post.kind not in ADMINISTRATORS]
    held = list_matters_of([post.pk for post in posts], day)
    counts = {post.pk: sum(1 for row in held if row.post == post.pk) for post in posts}
    lines = []
    for post in posts:
        names = "、".join(dict.fromkeys(row.name for row in held if row.post == post.pk))
        more = f",分工 {counts[post.pk]} 项:{names}" if names else ""
        lines.append(Held(str(post.pk), "岗位(代理)", f"{post.title}{more}"[:200]))
    return lines


def find_deputy(person_id: int, day: date) -> Person | None:
    """Return who stands in for somebody by the AB 岗 of the first of the posts that has one with a holder. Two queries."""
    posts = [post.pk for post in posts_of(person_id, day)]
    rows = StandingDeputy.objects.on(day).filter(post_id__in=posts).order_by("post__order", "pk").values_list("deputy_id", flat=True)
    held = Appointment.objects.on(day).filter(post_id__in=list(rows), person__left_on=None).exclude(person_id=person_id)
    row = held.select_related("person").first()
    return row.person if row else None


def list_own_posts(person_id: int) -> list[Held]:
    """Return the posts of today (registry `holdings`)."""
    return list_posts(person_id, today())


def refuse_post(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """A post is passed on by a handover only, with its dates (actions.handovers.pass_post)."""
    return "岗位只能通过交接办理代理"
