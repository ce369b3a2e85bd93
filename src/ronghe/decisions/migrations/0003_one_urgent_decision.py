"""Urgent decisions on matters stand among those of meetings: one row for each that was made before, settled as its step was."""

from django.db import migrations

KIND_OF = {"branch": "committee", "leaders": "leaders"}
BETWEEN = ";征求意见:"


def write_rows(apps, schema_editor):
    outcomes = apps.get_model("decisions", "Outcome")
    urgents = apps.get_model("meetings", "Urgent")
    types = apps.get_model("contenttypes", "ContentType")
    rows = outcomes.objects.filter(urgent=True).select_related("matter", "step").order_by("pk")
    if not rows.exists():
        return
    kind, _made = types.objects.get_or_create(app_label="decisions", model="step")
    for row in rows:
        reason, _between, consulted = row.because.partition(BETWEEN)
        result = outcomes.objects.filter(step=row.step, urgent=False).order_by("pk").last()
        settled_on = result.held_on if result else row.matter.ended_on
        state = "open" if row.matter.unratified or settled_on is None else "ratified" if result and result.passed else "refused"
        urgents.objects.get_or_create(
            origin_type=kind,
            origin_id=row.step_id,
            defaults={
                "area_id": row.matter.area_id,
                "kind_code": KIND_OF.get(row.body, row.body),
                "title": row.matter.title,
                "text": row.resolution,
                "reason": reason[:500],
                "consulted": consulted[:300],
                "decided_by_id": row.taken_by_id,
                "decided_on": row.held_on,
                "state": state,
                "settled_on": None if state == "open" else settled_on,
                "version": 1,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_matter_origin"),
        ("meetings", "0002_urgent_origin"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
