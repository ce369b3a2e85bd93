"""One's own account."""

import logging
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from requests import RequestException

from ronghe.accounts.actions import set_email
from ronghe.accounts.forms import EmailForm
from ronghe.accounts.provider import ID, CompanyAdapter
from ronghe.accounts.sso import name_provider
from ronghe.common import registry
from ronghe.common.access import access, anyone, signed_in
from ronghe.common.once import new_key, submit_once

logger = logging.getLogger(__name__)


@access(anyone)
def begin_sign_on(request: HttpRequest) -> HttpResponse:
    """Send the browser to the company's provider; 404 where none is configured."""
    return sign_on(request, OAuth2LoginView)


@access(anyone)
def end_sign_on(request: HttpRequest) -> HttpResponse:
    """Take the answer of the company's provider."""
    return sign_on(request, OAuth2CallbackView)


def sign_on(request: HttpRequest, view: Any) -> HttpResponse:
    if not name_provider():
        raise Http404
    try:
        answer: HttpResponse = view.adapter_view(CompanyAdapter(request, ID))(request)
    except (RequestException, OAuth2Error, KeyError, ValueError):
        logger.warning("统一认证服务没有答复或答复不完整", exc_info=True)
        messages.error(request, _("统一认证没有完成,请重试;一直不行请找系统管理员。"))
        return redirect("account_login")
    return answer


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
