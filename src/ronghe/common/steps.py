"""The page of one step: a form over one action, above it what is saved now. Every context's steps are this one."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ronghe.common.forms import carry_out
from ronghe.common.once import new_key


def take_step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: Any,
    back: str,
    template: str,
    describe: Callable[[], dict[str, Any]] = dict,
    to: Callable[[Any], str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go back, or where `to` leads from what came of it; else show the form, nothing typed lost.

    `done` is what is said then; where it is a function, it says it of what came of it. `describe` gives what stands above the form; it is
    asked after the action was refused, so that it shows what is saved now.
    """
    made: list[Any] = []

    def do(values: dict[str, Any]) -> None:
        made.append(act(values))

    if carry_out(request, form, do, done=lambda: done(made[0]) if callable(done) else done):
        return redirect(to(made[0]) if to else back)
    context = {**describe(), "form": form, "back": back, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, template, context, status=422 if form.is_bound else 200)
