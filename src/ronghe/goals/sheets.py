"""Between the goals in the database and the reader of goal sheets, which knows plain names only."""

from ronghe.common.calendar import today
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.goals.models import Dimension, Goal, GoalPlan, Indicator
from ronghe.goals.reading import GoalReading, Known, map_names, read_goals, refuse_goals
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person, Post, Unit


def load_known(plan: GoalPlan) -> Known:
    """Return the names that a sheet of the plan may use: a leader by post, by name, or both as exports write them. Six queries."""
    area = plan.area_id
    held = Appointment.objects.on(today()).filter(post__area=area, post__kind__in=LEADERS)
    holders: dict[int, list[str]] = {}
    for post_id, name in held.values_list("post_id", "person__name"):
        holders.setdefault(post_id, []).append(name)
    posts = Post.objects.filter(area=area, kind__in=LEADERS)
    return Known(
        dimensions=map_names((row.pk, [row.name]) for row in Dimension.objects.filter(area=area)),
        coordinators=map_names(
            (post.pk, [post.title, *(text for name in holders.get(post.pk, []) for text in (name, f"{post.title}{name}"))])
            for post in posts
        ),
        units=map_names((row.pk, [row.name, row.code, *row.aliases]) for row in Unit.objects.filter(area=area, closed_on=None)),
        people=map_names((row.pk, [row.name, row.number]) for row in Person.objects.filter(area=area, left_on=None)),
        indicators=map_names((row.pk, [row.name, row.code, *row.aliases]) for row in Indicator.objects.filter(area=area)),
        rules={str(label): value for value, label in Goal.Rule.choices},
    )


def read_file(plan: GoalPlan, data: bytes) -> GoalReading:
    """Read an uploaded sheet in the child process; whatever is wrong with the file is a problem of the reading."""
    try:
        return read_goals(read_grids(data), load_known(plan))
    except (NotASheetError, SheetTooLargeError, ChildFailedError) as trouble:
        return refuse_goals(str(trouble))
