"""The product's addresses and the two that it is measured against. They exist only in the benchmark's server."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from ronghe.common.access import access, signed_in
from ronghe.org.models import Person

ROWS = """<!doctype html><title>rows</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.name }}</td>
<td>{{ row.unit.name }}</td></tr>{% endfor %}</table>"""


@access(signed_in)
def show_bare(request: HttpRequest) -> HttpResponse:
    """All middleware, the session and the account; nothing else."""
    return HttpResponse(request.user.get_username())


@access(signed_in)
def show_rows(request: HttpRequest) -> HttpResponse:
    """25 plain rows in one query, with nothing around them."""
    rows = Person.objects.select_related("unit")[:25]
    return HttpResponse(engines["django"].from_string(ROWS).render({"rows": rows}))


urlpatterns = [path("bench/bare/", show_bare), path("bench/rows/", show_rows), path("", include("ronghe.site.urls"))]
