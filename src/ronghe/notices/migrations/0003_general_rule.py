from django.db import migrations


def add_general_rule(apps, schema_editor):
    apps.get_model("notices", "ReminderRule").objects.get_or_create(area=None, kind="")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_digestplan_robot_delivery_digest_reminderrule_and_more")]

    operations = [migrations.RunPython(add_general_rule, migrations.RunPython.noop)]
