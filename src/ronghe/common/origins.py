"""The object on which something was found, as an address names it: 'assessment.mark:12'."""

from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ronghe.common.forms import read_number


def find_origin(request: HttpRequest, text: str) -> models.Model | None:
    """Return the object 'app.model:pk' on which the problem was found; 404 for one that the user may not read."""
    if not text:
        return None
    label, _colon, pk = text.partition(":")
    try:
        manager: Any = apps.get_model(label)._default_manager
    except (LookupError, ValueError):
        raise Http404 from None
    number = read_number(pk)
    if number is None or not hasattr(manager, "visible_to"):
        raise Http404
    found: models.Model = get_object_or_404(manager.visible_to(request.user), pk=number)
    return found
