"""共性问题: what the likeness of words proposes, what people confirmed, what a meeting answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.forms import posted_version, read_number
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.stationing import actions, permissions
from ronghe.stationing.forms import ResultForm, ThemeForm
from ronghe.stationing.models import Point, Theme
from ronghe.stationing.queries.plan import find_norm
from ronghe.stationing.queries.themes import propose_themes
from ronghe.stationing.queries.visits import RELATED, describe_points
from ronghe.stationing.views.steps import home_area, led_area, take_step


@access(permissions.is_in_area)
def list_themes(request: HttpRequest) -> HttpResponse:
    """Show proposals to those who may confirm them, and the themes with their answers to everybody."""
    area = home_area(request)
    leads = permissions.may_confirm_theme(request.user, area)
    context = {
        "proposals": propose_themes(request.user, area.pk) if leads else [],
        "page": paginate(request, Theme.objects.visible_to(request.user).order_by("-pk")),
        "norm": find_norm(area.pk),
        "leads": leads,
        "once": new_key(),
    }
    return render(request, "stationing/themes.html", context)


def read_points(request: HttpRequest, text: str) -> list[Point]:
    pks = [number for one in text.split(",")[:200] if (number := read_number(one)) is not None]
    return list(Point.objects.visible_to(request.user).filter(pk__in=pks, theme=None).select_related(*RELATED))


@access(permissions.may_confirm_theme)
@submit_once
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that some problems are one; its words are the confirmer's."""
    area = led_area(request)
    text = (request.POST or request.GET).get("points", "")
    points = read_points(request, ",".join(request.POST.getlist("point")) if request.method == "POST" else text)
    offered = read_points(request, text)
    form = ThemeForm(request.POST or None, initial={"title": min((row.text for row in points), key=len, default="")[:60]})
    return take_step(
        request, form, lambda values: actions.confirm_theme(area, points=points, by=request.user, **values),
        done=_("已确认,将在下次班子会的议题库里出现。"), heading=_("确认共性问题"), back=reverse("stationing:themes"), points=offered,
        points_text=text, chosen={row.pk for row in points},
    )  # fmt: skip


@require_POST
@access(permissions.may_confirm_theme)
@submit_once
def keep_apart(request: HttpRequest) -> HttpResponse:
    """They are not one problem."""
    count = actions.set_apart(led_area(request), points=read_points(request, request.POST.get("points", "")), by=request.user)
    messages.success(request, _("已记下,%(n)d 条不再放在一起提示。") % {"n": count})
    return redirect("stationing:themes")


@access(permissions.is_in_area)
def show_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a theme, the problems in it that the reader may read, and its answer."""
    theme = get_object_or_404(Theme.objects.visible_to(request.user).select_related("confirmed_by"), pk=pk)
    points = Point.objects.visible_to(request.user).filter(theme=theme).select_related(*RELATED)
    context = {
        "theme": theme,
        "lines": describe_points(request.user, points),
        "may_close": theme.state == Theme.State.CONFIRMED and permissions.may_confirm_theme(request.user, theme),
        "history": list_history(theme),
    }
    return render(request, "stationing/theme.html", context)


@access(permissions.may_confirm_theme)
@submit_once
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a theme without a meeting."""
    theme = get_object_or_404(Theme.objects.visible_to(request.user), pk=pk)
    require(permissions.may_confirm_theme, request.user, theme)
    return take_step(
        request, ResultForm(request.POST or None),
        lambda values: actions.close_theme(theme, by=request.user, version=posted_version(request), **values),
        done=_("已答复。"), heading=_("不上会,直接答复"), back=reverse("stationing:theme", args=[pk]), version=theme.version, about=theme,
    )  # fmt: skip
