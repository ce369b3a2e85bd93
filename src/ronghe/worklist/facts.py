"""What a report finds here: how much of the promised work was done, and done by its date."""

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse

from ronghe.common.registry import Fact
from ronghe.org.models import Person
from ronghe.worklist.models import Task


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return one line for the month's tasks and one for other matters due in these days. One query."""
    due = Task.objects.filter(owner=person, due__gte=first, due__lte=last).exclude(state=Task.State.DROPPED)
    counted = due.aggregate(
        listed=Count("pk", filter=~Q(key="")),
        listed_done=Count("pk", filter=~Q(key="") & Q(state=Task.State.DONE)),
        other=Count("pk", filter=Q(key="")),
        other_done=Count("pk", filter=Q(key="", state=Task.State.DONE)),
        listed_late=Count("pk", filter=~Q(key="") & Q(state=Task.State.DONE, settled_at__date__gt=F("due"))),
        other_late=Count("pk", filter=Q(key="", state=Task.State.DONE, settled_at__date__gt=F("due"))),
    )
    found = []
    for name, title, page in (("listed", "月度任务清单", "worklist:month"), ("other", "到期的其他事项", "worklist:list")):
        if counted[name]:
            late = counted[f"{name}_late"]
            note = f"其中 {late} 项晚于期限" if late else ""
            found.append(Fact("", "任务", title, f"办结 {counted[f'{name}_done']} / {counted[name]}", note, reverse(page)))
    return found
