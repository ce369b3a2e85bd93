"""Put a release's rows into an empty PostgreSQL database at the release's schema: `python -m tests.releases.copy_rows SQLITE FACTS`.

Run in an environment of its own, with DATABASE_URL naming the database. The models are those of the release's migrations, so that
values are converted as Django would; nothing of today's models is used.
"""

import json
import os
import sys
from pathlib import Path

import django

BATCH = 500


def main(database, facts):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    django.setup()
    from django.db import connection, connections, transaction
    from django.db.migrations.executor import MigrationExecutor

    sqlite = {**connection.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": database, "OPTIONS": {}, "CONN_MAX_AGE": 0}
    connections.databases["release"] = sqlite
    latest = {}
    for app, name in json.loads(Path(facts).read_text())["migrations"]:
        latest[app] = name
    executor = MigrationExecutor(connection)
    executor.migrate(list(latest.items()))
    apps = MigrationExecutor(connection).loader.project_state(list(latest.items())).apps
    with transaction.atomic():
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
        for model in models:
            connection.cursor().execute(f"truncate {connection.ops.quote_name(model._meta.db_table)} cascade")
        for model in models:
            for column in model._meta.concrete_fields:
                column.auto_now = column.auto_now_add = False
            rows = model._base_manager.using("release").order_by("pk").iterator(chunk_size=BATCH)
            batch = []
            for row in rows:
                row._state.db = "default"
                batch.append(row)
                if len(batch) == BATCH:
                    model._base_manager.using("default").bulk_create(batch)
                    batch = []
            model._base_manager.using("default").bulk_create(batch)
    with connection.cursor() as cursor:
        from django.core.management.color import no_style

        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


if __name__ == "__main__":
    main(*sys.argv[1:])
