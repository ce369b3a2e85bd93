"""What a person sees when something can't be done: a sentence and a way on, never a bare status."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from ronghe.common.actions import Refused, StaleForm


class ProblemMiddleware:
    """Turn an action's refusal into a message on the page that it came from.

    Views with a form catch ValidationError themselves and show it at the field; this is for one-button posts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TransitionNotAllowed):
            exception = Refused(_("这条记录已经不在可以这样办理的状态,可能有人先办了。"))
        if not isinstance(exception, (Refused, StaleForm)):
            return None
        text = " ".join(exception.messages) if isinstance(exception, ValidationError) else str(exception)
        back = request.headers.get("referer", "")
        if request.method != "POST" or not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            return render(request, "400.html", {"reason": text}, status=409)
        messages.error(request, text)
        return HttpResponseRedirect(back)


def add_problem(form: forms.BaseForm, problem: ValidationError) -> None:
    """Show an action's refusal at the fields that it names, else above the form."""
    if hasattr(problem, "error_dict"):
        for field, errors in problem.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
        return
    form.add_error(None, problem)


def show_bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def show_forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def show_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def show_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
