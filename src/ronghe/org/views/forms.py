"""One form, one act: what the administrators' pages have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ronghe.common.actions import StaleForm
from ronghe.common.once import new_key
from ronghe.common.problems import add_problem


def run_form(
    request: HttpRequest, form: forms.Form, act: Callable[..., Any], *, heading: str, back: str, done: str, note: str = "", button: str = ""
) -> HttpResponse:
    """Show a form and carry it out. `act(**cleaned)`; problems stand at their fields with everything typed kept (422)."""
    if form.is_bound and form.is_valid():
        try:
            act(**form.cleaned_data)
        except StaleForm as stale:
            show_saved(form, stale)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "once": request.POST.get("once") or new_key(),
        "heading": heading,
        "back": back,
        "note": note,
        "button": button,
    }
    return render(request, "org/admin_form.html", context, status=422 if form.is_bound else 200)


def show_saved(form: forms.Form, stale: StaleForm) -> None:
    """Say at each field what is saved now, and let the form be sent again against it."""
    form.add_error(None, str(stale))
    for name in form.fields:
        saved = getattr(stale.current, name, None)
        if name != "version" and saved is not None and form.cleaned_data.get(name) != saved and not callable(saved):
            form.add_error(name, f"现在保存的是:{'、'.join(saved) if isinstance(saved, list) else saved}")
    data: Any = form.data
    form.data = data.copy()
    form.data["version"] = str(stale.current.version)  # type: ignore[index,attr-defined]
