"""What a report finds here: the published results of the unit that a person leads, party work and business side by side."""

from datetime import date

from ronghe.assessment import kernel
from ronghe.assessment.models import Result, Run
from ronghe.assessment.rules import describe_month
from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.org.models import Appointment, Person


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return two lines (party, business) for each published month of the units that a person led as chief or group leader. Two queries."""
    led = Appointment.objects.between(first, last).filter(person=person, post__kind__in=("station_chief", "group_leader"))
    units = set(led.values_list("post__unit_id", flat=True))
    if not units:
        return []
    rows = Result.objects.filter(
        unit__in=units, run__state__in=Run.IN_FORCE, run__period__gte=f"{first:%Y-%m}", run__period__lte=f"{last:%Y-%m}"
    )
    found = []
    for row in rows.select_related("run", "unit").order_by("unit_id", "run__period"):
        url = f"{link_to('assessment:station', row.unit_id)}?run={row.run_id}"
        where = f"{row.unit.name}{describe_month(row.run.period)}"
        place = f"总分 {kernel.fixed(row.total, 2)}" + (f",第 {row.place} / {row.peers} 名" if row.place else "")
        for side, word, marks, full in (
            ("party", "党建", row.party, row.party_full),
            ("business", "业务", row.business, row.business_full),
        ):
            if full and marks is not None:
                found.append(Fact(side, "考核", f"{where}{word}得分", f"{kernel.fixed(marks, 2)} / {kernel.plain(full)}", place, url))
    return found
