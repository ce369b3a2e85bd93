"""A script in every text field of every row comes back as text on every page: nothing of it reaches a browser as markup."""

from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from ronghe.common.access import find_declaration
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.test_every_url import EVERY, fill
from tests.test_other_area import GLOBAL, find_arguments, foreign  # noqa: F401  (fixture)

SCRIPT = "<script>x()</script>"
READERS = ("zhaomin", "lijianguo", "hejing", "xitong")
CONTEXTS = (
    "org", "duties", "letters", "goals", "figures", "outlook", "meetings", "decisions", "initiatives", "assessment", "appraisal", "coaching",
    "rectification", "supervision", "worklist", "notices", "documents", "stationing", "concerns", "capability", "tracing", "archive", "retention",
    "webhooks", "lists", "opening",
)  # fmt: skip
# what the program itself writes and reads back: codes, months, states, addresses, digests, the rules' own text
OWN = {
    "code", "kind", "state", "period", "number", "digest", "path", "source", "key", "login", "media_type", "effect", "direction", "side",
    "inputs_digest", "results_digest", "text", "track", "dimension", "indicator", "pinyin", "sort_key", "username", "valid_from", "valid_to",
    "fault", "verdict", "address", "place", "first_month", "last_month", "takes_effect", "month", "light", "method",
    "theme", "category", "form", "survey_form", "owner_post", "decided_by", "body", "split_state", "rule", "level", "flow", "field", "registry", "feeds", "scheme", "key_name", "once",
}  # fmt: skip


def list_columns():
    """Yield (table, column) of every field into which people type."""
    for label in CONTEXTS:
        for model in apps.get_app_config(label).get_models():
            for column in model._meta.concrete_fields:
                typed = isinstance(column, (models.CharField, models.TextField)) and not column.choices and not column.unique
                if typed and column.name not in OWN and (column.max_length or 99) >= len(SCRIPT) + 8:
                    yield model._meta.db_table, column.column


def test_a_script_in_every_text_is_text_on_every_page(foreign, client):  # noqa: F811
    world, known = foreign
    # a reason stands only on what was taken back
    apps.get_model("coaching", "Display").objects.update(state="withdrawn", withdrawn_by=world.lijianguo, reason="x")
    columns = list(list_columns())
    assert len(columns) > 25
    with connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(f'update "{table}" set "{column}" = %s || id', [SCRIPT])  # some are unique
    seen, wrong = 0, []
    for login in READERS:
        user = getattr(world, login).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for pattern, name, view in EVERY:
            # the fixture's upload was never read; what an upload's page shows of a sheet: tests/figures/test_hostile_upload.py
            if name == "account_logout" or name.startswith("figures:upload") or not find_declaration(view, name)(user):
                continue
            arguments = find_arguments(name, known) if "<" in pattern and name not in GLOBAL else None
            answer = client.get(reverse(name, kwargs=arguments) if arguments else fill(pattern))
            if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            text = answer.content.decode()
            seen += "&lt;script&gt;x()" in text
            if SCRIPT in text or answer.status_code >= 500:
                wrong.append((login, pattern, answer.status_code))
    assert wrong == []
    assert seen > 40, "the pages must show the texts, or this proves nothing"
