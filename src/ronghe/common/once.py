"""A form is carried out once: a double click, a replayed request or a nervous thumb has one effect."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from ronghe.common.models import Submission

FIELD = "once"


def new_key() -> str:
    """Return the key that a form carries in its hidden field `once`."""
    return uuid.uuid4().hex


def submit_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a POST view in one transaction with its key; a repeated key is answered with the first one's redirect.

    Only an answer that redirects counts as carried out: a form shown again with its problems keeps its key.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(FIELD, "")[:64]
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        user_id = request.user.pk or 0
        try:
            with transaction.atomic():
                row = Submission.objects.create(key=f"{user_id}:{key}"[:64], user_id=user_id, location="")
                response = view(request, *args, **kwargs)
                if not isinstance(response, HttpResponseRedirect):
                    row.delete()
                    return response
                Submission.objects.filter(pk=row.pk).update(location=response.url)
                return response
        except IntegrityError:
            done = Submission.objects.filter(key=f"{user_id}:{key}"[:64]).first()
            if done is None:
                raise
        messages.info(request, _("这份表单已经提交过,没有重复办理。"))
        return HttpResponseRedirect(done.location or request.path)

    return guarded
