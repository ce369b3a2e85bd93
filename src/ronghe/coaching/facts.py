"""What a report finds here: praise that a person got, what was promised to others and kept, tasks of pairs. Never what others are told in a talk."""

from datetime import date

from ronghe.coaching.models import FollowUp, Measure, PairTask
from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.org.models import Person

MOST = 20


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return a person's facts of a period. Three queries."""
    facts = []
    praise = Measure.objects.filter(person=person, kind__tone="praise", decided_on__gte=first, decided_on__lte=last).exclude(
        state="dropped"
    )
    for row in praise.select_related("kind").order_by("decided_on", "pk")[:MOST]:
        facts.append(Fact("", "措施", row.kind.name, row.ground, str(row.decided_on), link_to("coaching:measure", row.pk)))
    kept = FollowUp.objects.filter(measure__owner=person, done_on__gte=first, done_on__lte=last, help_kept=True).count()
    if kept:
        facts.append(Fact("party", "措施", "谈话帮促中答应的帮助已兑现", f"{kept} 次"))
    tasks = PairTask.objects.filter(owner=person, done_on__gte=first, done_on__lte=last).order_by("done_on", "pk")
    for task in tasks[:MOST]:
        facts.append(Fact("business", "结对", task.text, task.result, str(task.done_on), link_to("coaching:pair", task.pair_id)))
    return facts
