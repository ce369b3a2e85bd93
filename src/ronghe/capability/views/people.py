"""A person's picture, certificates, hours from a sheet."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.capability import actions, permissions
from ronghe.capability.forms import AimForm, CertificateForm, LevelForm, ResultForm, StepForm
from ronghe.capability.models import Aim, Certificate, Requirement, Role, Step
from ronghe.capability.queries import people as reading
from ronghe.capability.sheets import TRAINING_TEMPLATE, list_certificate_rows, read_training_file
from ronghe.capability.views.steps import home_area, led_area, list_staff, take_sheet, take_step
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Person
from ronghe.org.queries import match_pinyin, name_posts

MOST_EXPORTED = 5000


def get_person(request: HttpRequest, pk: int) -> Person:
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(permissions.may_read, request.user, person)
    return person


def person_url(person: Person | int) -> str:
    return reverse("capability:person", args=[person if isinstance(person, int) else person.pk])


@access(permissions.is_in_area)
def show_mine(request: HttpRequest) -> HttpResponse:
    """Show one's own picture."""
    home_area(request)
    return render(request, "capability/person.html", describe(request, request.user.person))  # type: ignore[union-attr]


@access(permissions.may_read)
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's picture against the post held and the post aimed at."""
    return render(request, "capability/person.html", describe(request, get_person(request, pk)))


def describe(request: HttpRequest, person: Person) -> dict[str, Any]:
    day = today()
    about = reading.describe_person(person)
    held = reading.list_roles(person, day)
    aims = [about["aim"].role] if about["aim"] and about["aim"].role not in held else []
    pictures = [(Role(role).label, role in held, reading.build_picture(person, role, day, about["steps"])) for role in (*held, *aims)]
    return {
        "person": person,
        "posts": "、".join(name_posts([person.pk], day).get(person.pk, [])),
        "pictures": pictures,
        "may_judge": permissions.may_judge(request.user, person),
        "may_record": permissions.may_record(request.user, person),
        "once": new_key(),
        **about,
    }


@access(permissions.is_in_area)
def list_people(request: HttpRequest) -> HttpResponse:
    """Show the people whose picture one may read, in the order of their units."""
    text = request.GET.get("text", "")[:30]
    rows = reading.list_people(request.user).select_related("unit").order_by("unit__order", "sort_key")
    page = paginate(request, rows.filter(match_pinyin(text)) if text.strip() else rows)
    posts = name_posts([row.pk for row in page.object_list], today())
    context = {
        "page": page,
        "lines": [(row, "、".join(posts.get(row.pk, ["员工"]))) for row in page.object_list],
        "text": text,
        "leads": permissions.may_import(request.user),
    }
    return render(request, "capability/people.html", context)


@access(permissions.may_judge)
@submit_once
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far somebody is."""
    person = get_person(request, pk)
    require(permissions.may_judge, request.user, person)
    roles = reading.list_roles(person, today()) + list(Aim.objects.filter(person=person).values_list("role", flat=True))
    names = Requirement.objects.on(today()).filter(area_id=person.area_id, role__in=roles, kind__in=["knowledge", "experience"])
    form = LevelForm(
        request.POST or None, names=list(dict.fromkeys(names.values_list("name", flat=True))), initial={"name": request.GET.get("name")}
    )
    return take_step(
        request, form, lambda values: actions.judge_person(person, by=request.user, **values), done=_("已评定,本人看得到。"),
        heading=_("评定 %(name)s") % {"name": person.name}, back=person_url(person),
    )  # fmt: skip


@access(permissions.may_record)
@submit_once
def add_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a certificate, or a renewed one."""
    person = get_person(request, pk)
    held = Certificate.objects.visible_to(request.user).filter(person=person, replaced_by=None).select_related("person")
    chosen = held.filter(pk=request.GET["replaces"]).first() if request.GET.get("replaces", "").isdecimal() else None
    initial = {"name": chosen.name if chosen else request.GET.get("name", "")[:80], "replaces": chosen.pk if chosen else None}
    form = CertificateForm(request.POST or None, request.FILES or None, held=held, initial=initial)

    def act(values: dict[str, Any]) -> None:
        scan = values.pop("scan")
        actions.record_certificate(person, by=request.user, scan=(scan.name, scan.read()) if scan else None, **values)

    return take_step(
        request, form, act,
        done=_("已登记。本人登记的,经他人核对后算数。"), heading=_("登记证书:%(name)s") % {"name": person.name}, back=person_url(person),
    )  # fmt: skip


@access(permissions.may_plan)
@submit_once
def set_aim(request: HttpRequest, pk: int) -> HttpResponse:
    """Say towards which post somebody grows."""
    person = get_person(request, pk)
    aim = Aim.objects.filter(person=person).first()
    return take_step(
        request, AimForm(request.POST or None, initial={"role": aim.role if aim else ""}),
        lambda values: actions.set_aim(person, by=request.user, **values), done=_("已保存。"), heading=_("目标岗位"), back=person_url(person),
    )  # fmt: skip


@access(permissions.may_plan)
@submit_once
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan what is done about a gap."""
    person = get_person(request, pk)
    initial = {"gap": request.GET.get("gap", "")[:80], "way": request.GET.get("way", "course")}
    form = StepForm(request.POST or None, people=list_staff(person.area_id), initial=initial)
    return take_step(
        request, form, lambda values: actions.plan_step(person, by=request.user, **values), done=_("已排进本人的待办。"),
        heading=_("提升计划:%(name)s") % {"name": person.name}, back=person_url(person),
    )  # fmt: skip


@access(permissions.may_plan)
@submit_once
def end_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a plan, or that it is not needed any more."""
    step = get_object_or_404(Step.objects.visible_to(request.user).select_related("person"), pk=pk)
    require(permissions.may_plan, request.user, step)
    dropping = "drop" in request.GET
    act = actions.drop_step if dropping else actions.finish_step
    return take_step(
        request, ResultForm(request.POST or None),
        lambda values: act(step, by=request.user, version=posted_version(request), **values), done=_("已办结。"),
        heading=_("不再需要") if dropping else _("完成了什么"), back=person_url(step.person_id), version=step.version, about=step,
    )  # fmt: skip


@access(permissions.is_in_area)
def list_certificates(request: HttpRequest) -> HttpResponse:
    """Show the certificates that one may read, those that end first at the top."""
    chosen = request.GET.get("show", "")
    page = paginate(request, reading.list_certificates(request.user, chosen))
    tabs = [("", _("全部")), ("due", _("90 天内到期")), ("unchecked", _("待核对"))]
    context = {
        "page": page,
        "lines": reading.describe_certificates(page.object_list, today()),
        "tabs": [{"url": f"?show={code}", "label": label, "active": code == chosen} for code, label in tabs],
    }
    return render(request, "capability/certificates.html", context)


@access(permissions.is_in_area)
def export_certificates(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    rows = reading.list_certificates(request.user, request.GET.get("show", ""))[:MOST_EXPORTED]
    sheet = list_certificate_rows(reading.describe_certificates(rows, today()))
    area = home_area(request)
    return hand_out(request.user, what=_("证书"), sheets=[sheet], name=f"证书-{today():%Y%m%d}", area_id=area.pk)


@require_POST
@access(permissions.may_judge)
@submit_once
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another has seen the certificate."""
    row = get_object_or_404(Certificate.objects.visible_to(request.user).select_related("person"), pk=pk)
    actions.check_certificate(row, by=request.user)
    messages.success(request, _("已核对,开始算数。"))
    return redirect(person_url(row.person_id))


@access(permissions.may_import)
def bring_training(request: HttpRequest) -> HttpResponseBase:
    """Take hours and results in from a sheet."""
    area = led_area(request)

    def take(found: Any, name: str) -> HttpResponse:
        count = actions.import_training(area, lines=found.lines, name=name, by=request.user)
        messages.success(request, _("读了 %(n)d 行,新增 %(new)d 行。") % {"n": len(found.lines), "new": count})
        return redirect("capability:people")

    return take_sheet(
        request, lambda data: read_training_file(area.pk, data), take, area_id=area.pk, heading=_("导入培训学时"),
        template_url=reverse("capability:training-template"), back=reverse("capability:people"),
        hint=_("一行一个人一门课:工号(或姓名)、课程、日期、学时;类别写党建或业务,成绩可以没有。再传一次同样的表不会重复。"),
    )  # fmt: skip


@access(permissions.may_import)
def training_template(request: HttpRequest) -> FileResponse:
    """Hand out the table to fill."""
    area = led_area(request)
    return hand_out(request.user, what=_("培训学时导入表"), sheets=[TRAINING_TEMPLATE], name="培训学时导入表", area_id=area.pk)
