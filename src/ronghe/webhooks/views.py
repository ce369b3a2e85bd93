"""The 系统管理员's pages of 事件推送."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, F, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.audit.queries import format_time, list_history
from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.forms import PROBLEMS, carry_out, posted_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.webhooks import actions
from ronghe.webhooks.forms import ChangeForm, SubscriptionForm
from ronghe.webhooks.models import Delivery, Subscription
from ronghe.webhooks.permissions import is_system_admin

TONES = {"active": "green", "paused": "yellow", "failed": "red", "ended": ""}
DELIVERY_TONES = {"queued": "blue", "sent": "green", "failed": "red"}
STEPS = {
    "pause": (actions.pause, gettext_lazy("已暂停。期间的事件会留着,恢复后补发。")),
    "resume": (actions.resume, gettext_lazy("已恢复,留下的事件马上补发。")),
    "end": (actions.end_subscription, gettext_lazy("已停用。")),
}


def list_scopes(user: Any) -> Any:
    """Return the parts of the tree that an administrator may choose: the plant (held above), areas, their units."""
    standing = standing_of(user)
    areas = standing.areas_of("system_admin")
    own = Q(pk__in=areas) | Q(area_id__in=areas)
    if standing.holds_above("system_admin"):
        own |= Q(children__in=areas)
    return Unit.objects.filter(own, closed_on=None).distinct().order_by(F("area_id").asc(nulls_first=True), "kind", "order", "pk")


def name_events(codes: list[str]) -> str:
    titles = {code: str(kind.title) for code, kind in registry.events.items()}
    return "、".join(titles.get(code, code) for code in codes)


@access(is_system_admin)
def list_subscriptions(request: HttpRequest) -> HttpResponse:
    """Show who is told what."""
    rows = (
        Subscription.objects.visible_to(request.user)
        .select_related("scope")
        .annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=Delivery.State.QUEUED), distinct=True),
            last=Max("deliveries__sent_at"),
        )
        .order_by("-pk")
    )
    page = paginate(request, rows)
    lines = [
        {
            "pk": row.pk, "name": row.name, "url": row.url, "scope": row.scope.name, "events": name_events(row.events),
            "state": row.get_state_display(), "tone": TONES[row.state], "waiting": row.waiting,
            "last": format_time(row.last) if row.last else "",
        }
        for row in page.object_list
    ]  # fmt: skip
    return render(request, "webhooks/list.html", {"page": page, "lines": lines})


@access(is_system_admin)
@submit_once
def new_subscription(request: HttpRequest) -> HttpResponse:
    """Let a system be told; its secret is shown this once."""
    form = SubscriptionForm(request.POST or None, scopes=list_scopes(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            row, secret = actions.add_subscription(by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            return render(request, "webhooks/secret.html", {"row": row, "secret": secret})
    context = {"form": form, "once": request.POST.get("once") or new_key(), "hosts": settings.RONGHE_HOOK_HOSTS}
    return render(request, "webhooks/edit.html", context, status=422 if form.is_bound else 200)


def get_subscription(request: HttpRequest, pk: int) -> Subscription:
    return get_object_or_404(Subscription.objects.visible_to(request.user).select_related("scope"), pk=pk)


@access(is_system_admin)
def show_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one subscription with what it was told."""
    row = get_subscription(request, pk)
    chosen = request.GET.get("state", "")
    rows = Delivery.objects.filter(subscription=row).select_related("event")
    page = paginate(request, rows.filter(state=chosen) if chosen in Delivery.State.values else rows)
    titles = {actions.PING: _("测试"), **{code: str(kind.title) for code, kind in registry.events.items()}}
    lines = [
        {
            "pk": one.pk, "event": titles.get(one.event.kind, one.event.kind), "number": str(one.event.number), "at": format_time(one.event.at),
            "state": one.get_state_display(), "tone": DELIVERY_TONES[one.state], "tries": one.tries, "status": one.status or "",
            "problem": one.problem, "sent": format_time(one.sent_at) if one.sent_at else "",
        }
        for one in page.object_list
    ]  # fmt: skip
    tabs = [("", _("全部")), *Delivery.State.choices]
    context = {
        "row": row, "tone": TONES[row.state], "events": name_events(row.events), "page": page, "lines": lines, "once": new_key(),
        "history": list_history(row), "live": row.state != Subscription.State.ENDED,
        "tabs": [{"url": f"?state={code}", "label": label, "active": code == chosen} for code, label in tabs],
    }  # fmt: skip
    return render(request, "webhooks/subscription.html", context)


@access(is_system_admin)
@submit_once
def edit_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is told, or where."""
    row = get_subscription(request, pk)
    initial = {"name": row.name, "url": row.url, "events": row.events}
    form = ChangeForm(request.POST or None, scopes=Unit.objects.none(), initial=initial)
    act = lambda values: actions.change_subscription(row, by=request.user, version=posted_version(request), **values)  # noqa: E731
    if carry_out(request, form, act, done=_("已保存。")):
        return redirect("webhooks:subscription", pk=pk)
    context = {
        "form": form, "row": row, "version": row.version, "once": request.POST.get("once") or new_key(), "hosts": settings.RONGHE_HOOK_HOSTS,
    }  # fmt: skip
    return render(request, "webhooks/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(is_system_admin)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Make another secret; it is shown this once."""
    row = get_subscription(request, pk)
    return render(request, "webhooks/secret.html", {"row": row, "secret": actions.renew_secret(row, by=request.user)})


@require_POST
@access(is_system_admin)
@submit_once
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Pause, go on, end."""
    row = get_subscription(request, pk)
    if step == "ping":
        return try_out(request, row)
    if step not in STEPS:
        raise Http404
    act, done = STEPS[step]
    act(row, by=request.user)
    messages.success(request, done)
    return redirect("webhooks:subscription", pk=pk)


def try_out(request: HttpRequest, row: Subscription) -> HttpResponse:
    """Queue a trial message: the worker sends it within seconds."""
    actions.ping(row, by=request.user)
    messages.success(request, _("测试消息已排队,几秒后在下面看结果。"))
    return redirect("webhooks:subscription", pk=row.pk)


@require_POST
@access(is_system_admin)
@submit_once
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue one message again."""
    row = get_object_or_404(Delivery.objects.visible_to(request.user).select_related("subscription", "event"), pk=pk)
    actions.send_again(row, by=request.user)
    messages.success(request, _("已排队重发,编号不变。"))
    return redirect("webhooks:subscription", pk=row.subscription_id)
