"""What a machine thinks up against every operation: never a 5xx, and every answer as the description says."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS  # the checks by name
from schemathesis.generation import GenerationMode

from ronghe.common.api import SCOPES
from ronghe.site.wsgi import application
from ronghe.worklist.models import Task
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.figures.factories import make_period
from tests.portal.test_api import give_token, make_task

WANTED = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def fuzz(world, examples):
    """Try each operation with good and bad calls by somebody who reports and somebody who leads; return how many were tried."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    checks = [CHECKS.get_one(name) for name in WANTED]
    headers = [{"Authorization": f"Bearer {give_token(person, *SCOPES)[1]}"} for person in (world.hejing, world.lijianguo, world.xitong)]
    real = {"area": "a1", "period": "2026-11", "unit": world.unit["注采一站"].code, "pk": Task.objects.get(kind="月度任务").pk}
    tried = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        tried.add(operation.label)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for header in headers:
                try_operation(operation, mode, header, checks, examples, real)
    return tried


def try_operation(operation, mode, header, checks, examples, real):
    """Half of the calls go to what is really there."""

    @settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), found=st.booleans())
    def try_case(case, found):
        if found and case.path_parameters:
            case.path_parameters.update({name: value for name, value in real.items() if name in case.path_parameters})
        case.call_and_validate(headers=header, checks=checks)

    with suppress(Unsatisfiable):  # an operation without parameters can't be called wrongly
        try_case()


OPERATIONS = {
    "GET /api/v1/me",
    "GET /api/v1/org/units",
    "GET /api/v1/org/people",
    "POST /api/v1/org/{area}/roster",
    "GET /api/v1/figures/{area}/{period}",
    "POST /api/v1/figures/{area}/{period}",
    "GET /api/v1/results/{area}",
    "GET /api/v1/results/{area}/{period}",
    "GET /api/v1/results/{area}/{period}/{unit}",
    "GET /api/v1/pay/{area}",
    "GET /api/v1/pay/{area}/{round}",
    "GET /api/v1/tasks",
    "POST /api/v1/tasks/{pk}/finish",
}


@pytest.fixture
def asked(shown, settings):  # noqa: F811
    settings.RONGHE_API_RATE = "1000000/min"
    make_period(shown, period="2026-11")
    make_task(shown, shown.hejing)
    # as Django's own test client: the test's transaction goes on after a request
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield shown
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_sample_of_every_operation(asked):
    assert fuzz(asked, examples=4) == OPERATIONS


@pytest.mark.drill
def test_a_thousand_of_every_operation(asked):
    assert fuzz(asked, examples=170) == OPERATIONS  # by three callers, good and bad
