"""消息: read, open, mark all as read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ronghe.common.access import access, signed_in
from ronghe.common.pages import paginate
from ronghe.notices.actions import mark_read
from ronghe.notices.models import Notice
from ronghe.notices.queries import describe_notice


@access(signed_in)
def list_notices(request: HttpRequest) -> HttpResponse:
    """Show the user's messages, newest first."""
    page = paginate(request, Notice.objects.visible_to(request.user))
    lines = [describe_notice(row) for row in page.object_list]
    return render(request, "notices/list.html", {"page": page, "lines": lines})


@require_POST
@access(signed_in)
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go to the thing that it speaks of."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(request.user, pks=[notice.pk])
    path = notice.path if url_has_allowed_host_and_scheme(notice.path, {request.get_host()}) else "/"
    return redirect(path or "notices:list")


@require_POST
@access(signed_in)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all messages as read."""
    mark_read(request.user)
    return redirect("notices:list")
