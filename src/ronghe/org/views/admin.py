"""The 系统管理员's pages: people, appointments, accounts of the area. No business content stands here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.forms import show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org import actions
from ronghe.org.forms import AccountForm, AppointForm, EndForm, PeopleFilter, PersonEditForm, PersonForm, suggest_username
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Person, Post, Unit
from ronghe.org.permissions import is_security_admin, is_system_admin
from ronghe.org.queries import match_administered, match_pinyin, name_posts

may_administer = is_system_admin | is_security_admin


def get_person(request: HttpRequest, pk: int) -> Person:
    """Fetch a person of an administered area, or answer 404."""
    return get_object_or_404(Person.objects.filter(match_administered(request.user)).select_related("unit", "user"), pk=pk)


@access(may_administer)
def list_admin(request: HttpRequest) -> HttpResponse:
    """Show the people of the administered areas with posts and accounts, those who left included."""
    mine = match_administered(request.user)
    form = PeopleFilter(request.GET, units=Unit.objects.filter(mine))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Person.objects.filter(mine).select_related("unit", "user")
    if chosen.get("text"):
        rows = rows.filter(match_pinyin(chosen["text"]) | Q(number=chosen["text"].strip()))
    if chosen.get("unit"):
        rows = rows.filter(unit=chosen["unit"])
    page = paginate(request, rows)
    posts = name_posts([person.pk for person in page.object_list], today())
    lines = [
        (p.pk, p.name, p.number, p.unit.name, "、".join(posts.get(p.pk, [])), p.user.username if p.user else "", p.left_on)
        for p in page.object_list
    ]
    return render(request, "org/admin_people.html", {"form": form, "page": page, "lines": lines, "may_edit": is_system_admin(request.user)})


@access(is_system_admin)
@submit_once
def add_person(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    form = PersonForm(request.POST or None, units=Unit.objects.filter(match_administered(request.user), closed_on=None))
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.register_person(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已登记 %(name)s。") % {"name": person.name})
            return redirect("org:admin-person", pk=person.pk)
    context = {"form": form, "once": request.POST.get("once") or new_key(), "heading": _("登记人员")}
    return render(request, "org/admin_form.html", context, status=422 if form.is_bound else 200)


def person_context(request: HttpRequest, person: Person, **extra: Any) -> dict[str, Any]:
    """Return what the administrator's page of a person shows."""
    appointments = Appointment.objects.filter(person=person).select_related("post__unit")
    return {
        "person": person,
        "appointments": list(appointments),
        "today": today(),
        "end_form": EndForm(),
        "appoint_form": AppointForm(posts=list_posts(request)),
        "account_form": AccountForm(initial={"username": suggest_username(person)}),
        "history": list_history(person),
        "once": new_key(),
        "may_edit": is_system_admin(request.user, person),
        **extra,
    }


def list_posts(request: HttpRequest) -> Any:
    """Return the posts that this administrator may fill: three-admin posts are the 安全管理员's, all others the 系统管理员's."""
    posts = Post.objects.filter(match_administered(request.user), closed_on=None).select_related("unit")
    if is_system_admin(request.user):
        return posts.exclude(kind__in=ADMINISTRATORS)
    return posts.filter(kind__in=ADMINISTRATORS)


@access(may_administer)
def show_admin_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's appointments and account to the administrator."""
    return render(request, "org/admin_person.html", person_context(request, get_person(request, pk)))


@access(is_system_admin)
@submit_once
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's name, sorting or unit; a stale form is shown again with what is saved now."""
    person = get_person(request, pk)
    initial = {"name": person.name, "unit": person.unit_id, "sort_key": person.sort_key, "version": person.version}
    form = PersonEditForm(
        request.POST or None, units=Unit.objects.filter(match_administered(request.user), closed_on=None), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_person(person, by=request.user, **form.cleaned_data)
        except (ValidationError, StaleForm) as problem:
            form.add_error(None, str(problem) if isinstance(problem, StaleForm) else problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("org:admin-person", pk=pk)
    context = {"form": form, "once": request.POST.get("once") or new_key(), "heading": _("修改 %(name)s") % {"name": person.name}}
    return render(request, "org/admin_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_administer)
@submit_once
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    person = get_person(request, pk)
    form = AppointForm(request.POST, posts=list_posts(request))
    if form.is_valid():
        try:
            actions.appoint(person, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("任职已生效,对方下一次打开页面即按新岗位。"))
            return redirect("org:admin-person", pk=pk)
    return render(request, "org/admin_person.html", person_context(request, person, appoint_form=form), status=422)


@require_POST
@access(may_administer)
@submit_once
def end_post(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End an appointment."""
    person = get_person(request, pk)
    row = get_object_or_404(Appointment, pk=appointment, person=person)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_appointment(row, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已免职。"))
            return redirect("org:admin-person", pk=pk)
    return render(request, "org/admin_person.html", person_context(request, person, end_form=form), status=422)


@require_POST
@access(is_system_admin)
@submit_once
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account; its first password is shown once."""
    person = get_person(request, pk)
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            user, password = actions.open_account(person, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(form, problem)
        else:
            messages.success(
                request,
                _("账号 %(user)s 已开立,首次密码 %(password)s(只显示这一次,首次登录须修改)。")
                % {"user": user.username, "password": password},
            )
            return redirect("org:admin-person", pk=pk)
    return render(request, "org/admin_person.html", person_context(request, person, account_form=form), status=422)


@require_POST
@access(is_system_admin)
@submit_once
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account a new first password, shown once."""
    person = get_person(request, pk)
    password = actions.reset_password(person, by=request.user)
    messages.success(request, _("新的首次密码 %(password)s(只显示这一次,登录后须修改)。") % {"password": password})
    return redirect("org:admin-person", pk=pk)


@require_POST
@access(is_system_admin)
@submit_once
def dismiss_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a person leaves."""
    person = get_person(request, pk)
    actions.dismiss_person(person, left_on=today(), by=request.user)
    messages.success(request, _("%(name)s 已办离职,任职与账号同时终止。") % {"name": person.name})
    return redirect("org:admin-person", pk=pk)
