"""`/metrics`: for Prometheus, with a token of its own; not there where none is set."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from ronghe.common.access import access, anyone
from ronghe.operations.metrics import ServiceCollector


@access(anyone)
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' text form to who shows RONGHE_METRICS_TOKEN."""
    wanted = settings.RONGHE_METRICS_TOKEN
    if not wanted:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(ServiceCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
