"""Pages of 关切. Its words stand only on its own page, for its raiser, and for who has to answer it after opening it."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import PROBLEMS, carry_out, posted_version, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.concerns import actions, permissions, queries
from ronghe.concerns.forms import AnswerForm, CodeForm, ConcernForm, NormForm, PromiseForm, ReplyForm, TalkForm
from ronghe.concerns.models import Concern, Norm, Promise, Talk
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of

# letters and digits that nobody takes for one another on a slip of paper
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def home_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit, pk=min(standing_of(request.user).readable_areas, default=0))


def make_code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _n in range(5)) for _m in range(3))


def get_concern(request: HttpRequest, pk: int) -> Concern:
    return get_object_or_404(Concern.objects.visible_to(request.user).select_related("holder", "answered_by", "raised_by"), pk=pk)


@access(permissions.is_in_area)
def list_concerns(request: HttpRequest) -> HttpResponse:
    """Show the concerns that one raised by name, those that wait for one's answer, and the way in by code."""
    page = paginate(request, queries.list_raised(request.user))
    held = queries.list_held(request.user)
    context = {
        "page": page,
        "raised": queries.describe(page.object_list),
        "held": queries.describe(held.order_by("due", "pk")[:100]) if held is not None else [],
        "form": CodeForm(),
        "leads": permissions.is_leader(request.user),
        "norm": queries.find_norm(home_area(request).pk),
    }
    return render(request, "concerns/list.html", context)


@access(permissions.may_raise)
@never_cache
def new_concern(request: HttpRequest) -> HttpResponse:
    """Raise a condition. The form's own code makes a second sending harmless: nothing else is kept of who sent it without a name."""
    area = home_area(request)
    people = list_holders(LEADERS, area_id=area.pk, day=today()).select_related("unit")
    form = ConcernForm(request.POST or None, people=people)
    code = request.POST.get("code", "")[:40] or make_code()
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "named": bool(form.cleaned_data["named"])}
        try:
            concern = actions.raise_concern(area, code=code, by=request.user, **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            if concern.raised_by_id is not None:
                messages.success(request, _("已交给 %(name)s,%(due)s 前答复。") % {"name": name_holder(concern), "due": concern.due})
                return redirect("concerns:concern", pk=concern.pk)
            context = {"code": code, "due": concern.due, "holder": name_holder(concern)}
            return render(request, "concerns/receipt.html", context)
    context = {"form": form, "code": code, "norm": queries.find_norm(area.pk)}
    return render(request, "concerns/new.html", context, status=422 if form.is_bound else 200)


def name_holder(concern: Concern) -> str:
    return concern.holder.name if concern.holder else ""


@access(permissions.is_in_area)
@never_cache
def show_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one: all to its raiser, its words to who answers it only after opening it."""
    concern = get_concern(request, pk)
    return render(request, "concerns/concern.html", show(request, concern, raiser=permissions.is_raiser(request.user, concern)))


def show(request: HttpRequest, concern: Concern, *, raiser: bool, code: str = "", form: Any = None) -> dict[str, Any]:
    opened = raiser or queries.is_open_for(request.user, concern)
    holds = permissions.is_holder(request.user, concern)
    return {
        "concern": concern,
        "line": queries.describe([concern])[0],
        "raiser": raiser,
        "code": code,
        "opened": opened and concern.emptied_on is None,
        "readings": queries.list_readings(concern) if raiser else [],
        "promises": list(concern.promises.select_related("owner")) if opened else [],
        "may_open": holds and not opened and concern.state == Concern.State.OPEN,
        "may_answer": holds and opened and concern.state == Concern.State.OPEN,
        "may_respond": raiser and concern.state == Concern.State.ANSWERED,
        "form": form or ReplyForm(),
        "cure_url": f"{reverse('rectification:new')}?source=manual",
        "once": new_key(),
    }


@require_POST
@access(permissions.may_open)
@submit_once
def open_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it to read; this is noted and shown to the raiser."""
    actions.open_concern(get_concern(request, pk), by=request.user)
    return redirect("concerns:concern", pk=pk)


@access(permissions.may_answer)
@submit_once
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it, and perhaps promise something."""
    concern = get_concern(request, pk)
    require(permissions.may_answer, request.user, concern)
    if not queries.is_open_for(request.user, concern) and request.method == "GET":
        return redirect("concerns:concern", pk=pk)
    form = AnswerForm(request.POST or None)
    act = lambda values: actions.answer_concern(concern, by=request.user, version=posted_version(request), **values)  # noqa: E731
    if carry_out(request, form, act, done=_("已答复。")):
        return redirect("concerns:list")
    context = {
        "form": form, "heading": _("答复关切"), "back": reverse("concerns:concern", args=[pk]), "version": concern.version,
        "quoted": concern.text, "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "concerns/step.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(permissions.is_in_area)
@never_cache
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """The raiser by name agrees, or says why not."""
    concern = get_concern(request, pk)
    return take_reply(request, concern, code="")


@require_POST
@access(permissions.is_in_area)
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """The raiser by code sees it, agrees, or says why not. The code is sent in the form's body: it stands in no address and no log."""
    form = CodeForm(request.POST)
    concern = actions.find_with_code(form.cleaned_data["code"]) if form.is_valid() else None
    if concern is None or concern.area_id not in standing_of(request.user).readable_areas:
        messages.warning(request, _("没有这个回执码,请核对后再输。"))
        return redirect("concerns:list")
    code = form.cleaned_data["code"]
    if "settled" in request.POST:
        return take_reply(request, concern, code=code)
    return render(request, "concerns/concern.html", show(request, concern, raiser=True, code=code))


def take_reply(request: HttpRequest, concern: Concern, *, code: str) -> HttpResponse:
    """Carry out what the raiser said to the answer."""
    settled = request.POST.get("settled") == "1"
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            actions.respond(
                concern, settled=settled, reply=form.cleaned_data["reply"], by=request.user, code=code, version=posted_version(request)
            )
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("谢谢,这件关切已了结。") if settled else _("已交给上一级,期限内再答复一次。"))
            return redirect("concerns:list")
    context = show(request, Concern.objects.get(pk=concern.pk), raiser=True, code=code, form=form)
    return render(request, "concerns/concern.html", context, status=422)


@access(permissions.is_leader)
def show_report(request: HttpRequest) -> HttpResponse:
    """Show what may be counted aloud of the last whole quarter, and how far the yearly talks have come."""
    area = get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(LEADERS), default=0))
    context = {"report": queries.build_report(area.pk), "groups": queries.count_talks(area.pk, today().year), "year": today().year}
    return render(request, "concerns/report.html", context)


@access(permissions.may_set_norm)
@submit_once
def edit_norm(request: HttpRequest) -> HttpResponse:
    """Set the terms."""
    area = get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(LEADERS), default=0))
    saved = Norm.objects.filter(area=area).first()
    form = NormForm(request.POST or None, instance=queries.find_norm(area.pk))
    act = lambda values: actions.set_norm(area, dict(values), by=request.user, version=read_version(request) if saved else None)  # noqa: E731
    if carry_out(request, form, act, done=_("已保存。")):  # type: ignore[arg-type]
        return redirect("concerns:list")
    context = {
        "form": form, "heading": _("关切期限"), "back": reverse("concerns:list"), "version": saved.version if saved else "",
        "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "concerns/step.html", context, status=422 if form.is_bound else 200)


@access(permissions.is_in_area)
def list_talks(request: HttpRequest) -> HttpResponse:
    """Show one's own talks with what was promised."""
    context = {
        "lines": queries.list_talks(request.user),
        "may_talk": permissions.may_talk(request.user),
        "me": standing_of(request.user).person_id,
        "once": new_key(),
    }
    return render(request, "concerns/talks.html", context)


@access(permissions.may_talk)
@submit_once
def new_talk(request: HttpRequest) -> HttpResponse:
    """Note that a talk took place."""
    form = TalkForm(request.POST or None, people=queries.list_partners(request.user))
    if carry_out(request, form, lambda values: actions.note_talk(by=request.user, **values), done=_("已登记,等对方确认。")):
        return redirect("concerns:talks")
    context = {"form": form, "heading": _("登记谈心谈话"), "back": reverse("concerns:talks"), "once": request.POST.get("once") or new_key()}
    return render(request, "concerns/step.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(permissions.may_confirm_talk)
@submit_once
def confirm_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether there was one."""
    talk = get_object_or_404(Talk.objects.visible_to(request.user), pk=pk)
    actions.confirm_talk(talk, confirmed=request.POST.get("verdict") == "yes", by=request.user)
    messages.success(request, _("已记下。"))
    return redirect("concerns:talks")


@access(permissions.may_keep)
@submit_once
def keep_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a promise was kept."""
    promise = get_object_or_404(Promise.objects.visible_to(request.user), pk=pk)
    require(permissions.may_keep, request.user, promise)
    form = PromiseForm(request.POST or None)
    act = lambda values: actions.keep_promise(promise, by=request.user, version=posted_version(request), **values)  # noqa: E731
    if carry_out(request, form, act, done=_("已登记兑现。")):
        return redirect("concerns:talks" if promise.talk_id else "concerns:list")
    context = {
        "form": form, "heading": _("兑现承诺"), "back": reverse("concerns:list"), "version": promise.version, "quoted": promise.text,
        "due": promise.due, "done": promise.done_on, "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "concerns/step.html", context, status=422 if form.is_bound else 200)
