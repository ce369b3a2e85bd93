"""On a phone: what makes the product installable, the page for where there is no signal, and photos shared into it."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from ronghe import VERSION
from ronghe.common import registry
from ronghe.common.access import access, anyone, signed_in
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.language import find_language
from ronghe.common.once import new_key, submit_once
from ronghe.portal.forms import PhotoForm

PARTS = ("dist/theme.js", "dist/app.css", "dist/app.js", "dist/icons.svg", "icon.svg")
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"), ("icon-maskable.png", "512x512", "maskable"))
PICTURES = ["image/jpeg", "image/png", "image/webp"]
RED, PRACTICE_BLUE = "#8a0c14", "#5b2a86"


@require_GET
@access(anyone)
def serve_manifest(request: HttpRequest) -> JsonResponse:
    """Tell a phone what it installs: name, icons, colours, and that photos may be shared into it."""
    with override(find_language(request)):  # no page: nothing translates it as it goes out
        manifest = describe_app()
    return JsonResponse(manifest, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


def describe_app() -> dict[str, Any]:
    name = _("融合(练习)") if settings.SANDBOX else _("融合")
    icons = [{"src": static(f"ronghe/dist/{file}"), "sizes": sizes, "type": "image/png", "purpose": use} for file, sizes, use in ICONS]
    icons.append({"src": static("ronghe/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": _("采油管理区党建与中心工作融合"),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": PRACTICE_BLUE if settings.SANDBOX else RED,
        "icons": icons,
        "shortcuts": [
            {"name": _("待办"), "url": reverse("worklist:list")},
            {"name": _("月度任务"), "url": reverse("worklist:month")},
        ],
        "share_target": {
            "action": reverse("share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "files": [{"name": "photo", "accept": PICTURES}]},
        },
    }


@require_GET
@access(anyone)
def serve_worker(request: HttpRequest) -> HttpResponse:
    """The worker of the whole site: the offline page for what nobody keeps, and the door for shared photos. It keeps no page with content."""
    parts = [static(f"ronghe/{name}") for name in PARTS]
    version = sha256("".join([VERSION, *parts]).encode()).hexdigest()[:12]
    context = {"offline": reverse("offline"), "share": reverse("share"), "parts": parts, "version": version}
    answer = render(request, "portal/sw.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
@access(anyone)
def show_offline(request: HttpRequest) -> HttpResponse:
    """The page for where there is no signal. It is kept by the worker, so that it says nothing of anybody."""
    return render(request, "portal/offline.html")


@csrf_exempt
@access(signed_in)
def show_share(request: HttpRequest) -> HttpResponse:
    """Ask what a shared photo is proof of. The worker keeps the photo on the phone until it is sent from here with the page's own token;
    where there is no worker the phone posts to this address itself: nothing of that is read or kept, the photo is asked for again."""
    if request.method == "POST":
        messages.info(request, _("照片没有接到,请在下面再选一次。"))
    return render_share(request, PhotoForm(places=list_places(request.user)))


def list_places(user: Any) -> list[tuple[str, registry.ProofPlace]]:
    """Return (key with its keeper's name, place) of everything that the user may attach a photo to now."""
    return [(f"{name}:{place.key}", place) for name, keeper in registry.proof_places.items() for place in keeper.list(user)]


def render_share(request: HttpRequest, form: Form) -> HttpResponse:
    context = {"form": form, "once": request.POST.get("once") or new_key()}
    return render(request, "portal/share.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(signed_in)
@submit_once
def attach_photo(request: HttpRequest) -> HttpResponse:
    """Attach the photo where it was said to belong, by that context's own action."""
    places = list_places(request.user)
    form = PhotoForm(request.POST, request.FILES, places=places)
    if not form.is_valid():
        return render_share(request, form)
    name, _mark, key = form.cleaned_data["place"].partition(":")
    keeper = registry.proof_places.get(name)
    photo = form.cleaned_data["photo"]
    try:
        if keeper is None:
            raise PermissionDenied
        address = keeper.put(request.user, key, photo.name, photo.read(), form.cleaned_data["line"])
    except PROBLEMS as problem:
        show_problem(form, problem)
        return render_share(request, form)
    messages.success(request, _("照片已附上。"))
    return redirect(address)
