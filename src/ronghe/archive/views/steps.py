"""What the pages of 档案 share."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from ronghe.common.steps import take_step as take_common
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

TEMPLATE = "common/step.html"


def home_area(request: HttpRequest) -> Unit:
    """Return the 管理区 that the reader belongs to. 404 for who belongs to none."""
    standing = standing_of(request.user)
    area_id = standing.area_id if standing.area_id in standing.readable_areas else next(iter(sorted(standing.readable_areas)), None)
    area = Unit.objects.without_tree_fields().filter(pk=area_id).first()
    if area is None:
        raise Http404
    return area


def take_step(request: HttpRequest, form: Form, act: Any, **extra: Any) -> HttpResponse:
    return take_common(request, form, act, template=TEMPLATE, **extra)
