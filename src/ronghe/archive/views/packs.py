"""迎检包: asking for one, how far it is, the zip; and the topics."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.archive import permissions
from ronghe.archive.actions import bundles as write
from ronghe.archive.actions import norms
from ronghe.archive.forms import PackForm, TopicForm
from ronghe.archive.jobs import make_bundle
from ronghe.archive.models import Bundle, Pack, Topic
from ronghe.archive.queries.norms import list_topics
from ronghe.archive.views.folders import ZIP
from ronghe.archive.views.steps import home_area, take_step
from ronghe.audit.queries import format_time
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out_file
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate


def page_of(pack: Pack) -> str:
    return reverse("archive:pack", args=[pack.pk])


@access(permissions.may_pack)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show one's own packs."""
    page = paginate(request, Pack.objects.visible_to(request.user))
    lines = [(row, page_of(row), "、".join(name for _code, name in row.topics), format_time(row.asked_at)) for row in page.object_list]
    return render(request, "archive/packs.html", {"page": page, "lines": lines})


@access(permissions.may_pack)
@submit_once
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a pack."""
    area = home_area(request)
    topics = [(line.code, f"{line.name}({line.kind_titles})") for line in list_topics(area.pk)]
    form = PackForm(request.POST or None, area_id=area.pk, topics=topics, initial={"year": today().year})

    def act(values: dict[str, object]) -> Pack:
        pack = write.ask_pack(area, by=request.user, **{**values, "units": list(values["units"])})  # type: ignore[arg-type, call-overload]
        transaction.on_commit(lambda: make_bundle.enqueue("pack", pack.pk))
        return pack

    return take_step(
        request, form, act, done=_("已开始生成,由工作进程在后台办。"), back=reverse("archive:packs"), heading=_("申请迎检包"), to=page_of,
        row_title=area.name, row_lines=[_("只收您本人有权查看的。纪检涉及人员的姓名、选票、关切的内容不会收进来。")],
    )  # fmt: skip


@access(permissions.may_pack)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    pack = get_object_or_404(Pack.objects.visible_to(request.user), pk=pk)
    context = {
        "pack": pack, "bundle": pack, "mb": round(pack.size / 2**20, 1), "ended": format_time(pack.ended_at) if pack.ended_at else "",
        "topics": "、".join(name for _code, name in pack.topics), "units": "、".join(name for _pk, name in pack.units),
    }  # fmt: skip
    return render(request, "archive/pack.html", context)


@access(permissions.may_pack)
def download(request: HttpRequest, pk: int) -> FileResponse:
    pack = get_object_or_404(Pack.objects.visible_to(request.user), pk=pk, state=Bundle.State.READY)
    if not pack.path.is_file():
        raise Http404
    return hand_out_file(
        request.user, what=_("下载迎检包:%(title)s") % {"title": pack}, data=pack.path.read_bytes(), name=f"迎检包-{pack.title}-{pack.year}.zip",
        media_type=ZIP, rows=pack.total, area_id=pack.area_id,
    )  # fmt: skip


@access(permissions.is_in_area)
def show_topics(request: HttpRequest) -> HttpResponse:
    area = home_area(request)
    context = {"lines": list_topics(area.pk), "may_archive": permissions.may_archive(request.user, area), "once": new_key()}
    return render(request, "archive/topics.html", context)


@require_POST
@access(permissions.may_archive)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    count = norms.adopt_topics(home_area(request), by=request.user)
    messages.success(request, _("已采用 %(count)d 个专题,可以修改。") % {"count": count})
    return redirect("archive:topics")


@access(permissions.may_archive)
@submit_once
def new_topic(request: HttpRequest) -> HttpResponse:
    area = home_area(request)
    return take_step(
        request, TopicForm(request.POST or None), lambda values: norms.add_topic(area, **values, by=request.user), done=_("已新增。"),
        back=reverse("archive:topics"), heading=_("新增迎检专题"),
    )  # fmt: skip


@access(permissions.may_archive)
@submit_once
def edit_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    form = TopicForm(request.POST or None, initial={"name": topic.name, "kinds": topic.kinds, "basis": topic.basis})
    return take_step(
        request, form, lambda values: norms.change_topic(topic, values, by=request.user, version=posted_version(request)), done=_("已保存。"),
        back=reverse("archive:topics"), heading=_("修改迎检专题"), version=topic.version,
    )  # fmt: skip


@require_POST
@access(permissions.may_archive)
@submit_once
def retire_topic(request: HttpRequest, pk: int) -> HttpResponse:
    norms.retire_topic(get_object_or_404(Topic.objects.visible_to(request.user), pk=pk), by=request.user, version=posted_version(request))
    return redirect("archive:topics")
