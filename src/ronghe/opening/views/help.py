"""使用指南 inside the product, the passage that helps on a page, and the tours."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronghe.common.access import access, signed_in
from ronghe.common.language import find_language
from ronghe.opening.actions import note_tour
from ronghe.opening.guides import GUIDES, find_passage, read_guide
from ronghe.opening.tours import find_role, list_stops
from ronghe.org.standing import standing_of

SHELF = ("index", "opening", "first-start", "leader", "chief", "appraisal", "reporter", "reviewer", "indicator-admin", "discipline", "committee", "staff", "administrators")  # fmt: skip


@access(signed_in)
def show_help(request: HttpRequest) -> HttpResponse:
    """Show the passage for `?page=`: alone for the dialog (`part`), else as a page of its own."""
    kinds = [post.kind for post in standing_of(request.user).posts]
    language = find_language(request)
    passage = find_passage(request.GET.get("page", "/"), kinds, language)
    if passage is None:
        raise Http404
    guide = read_guide(passage.guide, language)
    template = "opening/passage.html" if "part" in request.GET else "opening/help.html"
    return render(request, template, {"passage": passage, "guide": guide})


@access(signed_in)
def list_guides(request: HttpRequest) -> HttpResponse:
    """Show all guides, one's own first."""
    mine = {GUIDES[post.kind] for post in standing_of(request.user).posts if post.kind in GUIDES}
    language = find_language(request)
    books = [(name in mine, guide) for name in SHELF if (guide := read_guide(name, language)) is not None]
    return render(request, "opening/guides.html", {"books": sorted(books, key=lambda book: not book[0])})


@access(signed_in)
def show_guide(request: HttpRequest, name: str) -> HttpResponse:
    """Show a whole guide with its contents."""
    guide = read_guide(name, find_language(request))
    if guide is None:
        raise Http404
    return render(request, "opening/guide.html", {"guide": guide})


@access(signed_in)
def show_picture(request: HttpRequest, name: str) -> FileResponse:
    """Send a picture of a guide."""
    path = settings.GUIDE_DIR.parent / "pictures" / name
    if not name.endswith(".png") or name != path.name or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


@never_cache
@access(signed_in)
def show_tour(request: HttpRequest) -> JsonResponse:
    """The steps of one's own tour, for the script that leads through them."""
    with override(find_language(request)):  # no page: nothing translates it as it goes out
        stops = [
            {"path": stop.path, "selector": stop.selector, "title": str(stop.title), "text": str(stop.text)}
            for stop in list_stops(request.user)
        ]
        words = {"next": _("下一步"), "previous": _("上一步"), "done": _("好了"), "close": _("关闭导览"), "menu": _("在左上角的菜单里。")}
    return JsonResponse({"stops": stops, "words": words})


@require_POST
@access(signed_in)
def end_tour(request: HttpRequest) -> HttpResponse:
    """Note that the tour was seen or closed: it does not come by itself again."""
    note_tour(request.user, find_role(request.user))
    return HttpResponse(status=204)
