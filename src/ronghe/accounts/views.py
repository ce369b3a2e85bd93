"""One's own account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ronghe.accounts.actions import set_email
from ronghe.accounts.forms import EmailForm
from ronghe.common import registry
from ronghe.common.access import access, anyone, signed_in
from ronghe.common.once import new_key, submit_once


@access(signed_in)
@submit_once
def show_profile(request: HttpRequest) -> HttpResponse:
    """Show who I am here: the posts held today, where reminders are mailed, password and second factor."""
    user: Any = request.user
    form = EmailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if set_email(user, email, by=user):
            messages.success(request, _("提醒将同时发到 %(email)s。") % {"email": email} if email else _("不再发邮件提醒。"))
        return redirect("accounts:profile")
    standing_of = registry.people.get("standing")
    posts = [(post.title, post.unit_name) for post in standing_of(user).posts] if standing_of else []
    context = {"posts": posts, "form": form, "once": request.POST.get("once") or new_key()}
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


@access(anyone)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen in this browser, and go back to the page."""
    return set_language(request)
