"""Signatures of rounds from before the template named the signers: both heads signed everything."""

from django.db import migrations

HEADS = {"branch_secretary": "secretary", "area_manager": "manager"}


def carry_over(apps, schema_editor):
    cycles, signatures = apps.get_model("appraisal", "Cycle"), apps.get_model("appraisal", "Signature")
    appointments = apps.get_model("org", "Appointment")
    for cycle in cycles.objects.filter(state__in=["shown", "signed", "published"]).order_by("pk"):
        left = ["secretary", "manager"]
        signers = [pk for pk in (cycle.first_signer_id, cycle.second_signer_id) if pk]
        at = cycle.signed_at or cycle.updated_at
        for person in signers:
            held = appointments.objects.filter(person_id=person, post__area_id=cycle.area_id, post__kind__in=HEADS)
            roles = [HEADS[kind] for kind in held.values_list("post__kind", flat=True) if HEADS[kind] in left]
            who = roles[0] if roles else left[0]
            left.remove(who)
            signatures.objects.create(cycle=cycle, part="plain", who=who, person_id=person, signed_at=at)
        if cycle.state == "shown":
            for who in left:
                signatures.objects.create(cycle=cycle, part="plain", who=who)


def take_back(apps, schema_editor):
    cycles, signatures = apps.get_model("appraisal", "Cycle"), apps.get_model("appraisal", "Signature")
    for cycle in cycles.objects.filter(signatures__person__isnull=False).distinct():
        people = list(signatures.objects.filter(cycle=cycle, part="plain").exclude(person=None).values_list("person_id", flat=True)[:2])
        people += [None] * (2 - len(people))
        cycles.objects.filter(pk=cycle.pk).update(first_signer_id=people[0], second_signer_id=people[1])


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0005_signing")]

    operations = [migrations.RunPython(carry_over, take_back)]
