"""接口令牌: one's own, and for the 安全管理员 those of everybody looked after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import format_time
from ronghe.common.access import access, signed_in
from ronghe.common.api import SCOPES
from ronghe.common.calendar import today
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.operations.forms import TokenForm
from ronghe.operations.models import ApiToken
from ronghe.operations.tokens import make_token, revoke_token
from ronghe.org.permissions import is_security_admin


def describe_token(row: ApiToken) -> dict[str, Any]:
    """Write one token out."""
    over = row.revoked_on is not None or row.ends_on < today()
    person = getattr(row.user, "person", None)
    return {
        "pk": row.pk,
        "name": row.name,
        "owner": person.name if person else row.user.username,
        "scopes": "、".join(str(SCOPES[scope]) for scope in row.scopes if scope in SCOPES),
        "made": row.made_on,
        "ends": row.ends_on,
        "seen": format_time(row.seen_at) if row.seen_at else "",
        "revoked": row.revoked_on,
        "over": over,
    }


@access(signed_in)
@submit_once
def show_tokens(request: HttpRequest) -> HttpResponse:
    """Show my tokens, and make one: its text is shown this once."""
    form = TokenForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = make_token(by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            form = TokenForm()
    mine = ApiToken.objects.visible_to(request.user).filter(user_id=request.user.pk or 0).select_related("user__person")
    page = paginate(request, mine)
    context = {
        "form": form,
        "text": text,
        "page": page,
        "tokens": [describe_token(row) for row in page.object_list],
        "once": request.POST.get("once") if form.is_bound else new_key(),
        "root": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "operations/tokens.html", context, status=422 if form.is_bound else 200)


@access(is_security_admin)
def list_tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens of everybody whom one looks after."""
    page = paginate(request, ApiToken.objects.visible_to(request.user).select_related("user__person"))
    context = {"page": page, "tokens": [describe_token(row) for row in page.object_list], "once": new_key()}
    return render(request, "operations/tokens_all.html", context)


@require_POST
@access(signed_in)
@submit_once
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user).select_related("user__person"), pk=pk)
    try:
        revoke_token(token, by=request.user)
        messages.success(request, _("已停用。"))
    except PROBLEMS as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
    own = token.user_id == request.user.pk
    return redirect("operations:tokens" if own or not is_security_admin(request.user) else "operations:tokens-all")
