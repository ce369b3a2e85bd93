"""The door of the practice installation: choose a post and be in it. In the real installation this address does not exist."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ronghe.accounts.models import User
from ronghe.common.access import access, anyone
from ronghe.common.calendar import today
from ronghe.opening.tours import ORDER
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Unit
from ronghe.portal.demo.entities import DEMO_PASSWORD

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Role:
    """One post that may be tried, with the made-up person who holds it."""

    title: str
    person: str
    unit: str
    user: int


def require_practice() -> None:
    if not settings.SANDBOX:
        raise Http404


def list_roles() -> list[Role]:
    """Return one made-up person for each kind of post, a station's chief and an office's. One query."""
    held = Appointment.objects.on(today()).filter(post__kind__in=ORDER, person__user__is_active=True, person__left_on=None)
    rows = held.select_related("post__unit", "person").order_by("post__unit__area_id", "post__unit__order", "pk")
    found: dict[tuple[str, bool], Role] = {}
    for row in rows:
        office = row.post.kind == "station_chief" and row.post.unit.kind == Unit.Kind.OFFICE
        title = _("室主任") if office else _("班站长") if row.post.kind == "station_chief" else str(POST_TITLES[row.post.kind])
        role = Role(title, row.person.name, row.post.unit.name, row.person.user_id or 0)
        found.setdefault((row.post.kind, office), role)
    return [found[key] for kind in ORDER for key in ((kind, False), (kind, True)) if key in found]


@require_GET
@access(anyone)
def show_roles(request: HttpRequest) -> HttpResponse:
    """Show the posts that may be tried."""
    require_practice()
    return render(request, "portal/practice.html", {"roles": list_roles(), "password": DEMO_PASSWORD})


@require_POST
@access(anyone)
def enter(request: HttpRequest) -> HttpResponse:
    """Be the made-up holder of a post; its tour comes first, as for somebody new."""
    require_practice()
    number = request.POST.get("user", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    user = get_object_or_404(User.objects.filter(pk__in=[role.user for role in list_roles()]), pk=wanted)
    user.tours = []
    user.save(update_fields=["tours"])
    login(request, user, backend=BACKEND)
    return redirect("portal:home")
