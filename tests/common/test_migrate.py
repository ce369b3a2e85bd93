"""The migrated database is what the models say, though `migrate` builds fewer classes on its way than Django's own would."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper


def list_parts(sql):
    """Return what stands between the brackets of a CREATE TABLE, in no order: columns with their rules, and constraints."""
    parts, depth, start = [], 0, sql.index("(") + 1
    for place, letter in enumerate(sql):
        depth += (letter == "(") - (letter == ")")
        if (letter == "," and depth == 1) or (letter == ")" and depth == 0):
            parts.append(sql[start:place].strip())
            start = place + 1
    return sorted(parts)


def read_schema(database):
    """Name → what it is made of, for every table and index."""
    with database.cursor() as cursor:
        cursor.execute("select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%'")
        return {name: list_parts(sql) if kind == "table" else re.sub(r"\s+", " ", sql) for kind, name, sql in cursor.fetchall()}


def test_the_tables_are_those_of_the_models(db, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("reads what only SQLite keeps: the text of each table")
    other = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "models.sqlite3"), "OPTIONS": {}}, "other")
    other.features.supports_json_field = True  # else it is tried on the connection of this name, and there is none
    with other.schema_editor(atomic=False) as editor:
        for model in apps.get_models():
            editor.create_model(model)
    wanted, found = read_schema(other), read_schema(connection)
    other.close()
    assert found.keys() - wanted.keys() == {"django_migrations"}
    assert {name: found[name] for name in wanted} == wanted
