"""The versions of the list: reading, writing a draft, publishing it."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.own_fields import MOST_FIELDS, OwnField
from ronghe.common.steps import take_step
from ronghe.decisions import actions
from ronghe.decisions.forms import FieldRowForm, HeadForm, PublishForm, ReviseForm, RuleForm, StepFormForm, write_steps
from ronghe.decisions.models import DecisionList, Rule
from ronghe.decisions.permissions import is_in_area, may_publish_list, may_write_list
from ronghe.decisions.rules import STEPS, write_sum
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

FieldRows = formset_factory(FieldRowForm, extra=3, max_num=MOST_FIELDS)


def get_edition(request: HttpRequest, pk: int) -> DecisionList:
    """Fetch a version that the user may read, or answer 404."""
    return get_object_or_404(DecisionList.objects.visible_to(request.user).select_related("area"), pk=pk)


def get_draft(request: HttpRequest, pk: int) -> DecisionList:
    edition = get_edition(request, pk)
    require(may_write_list, request.user, edition)
    return edition


def home_area(request: HttpRequest) -> Unit:
    """Return the area whose list the user writes."""
    return get_object_or_404(Unit, pk=min(standing_of(request.user).readable_areas, default=0))


@access(is_in_area)
def list_editions(request: HttpRequest) -> HttpResponse:
    """Show the versions, the newest first."""
    rows = list(DecisionList.objects.visible_to(request.user).select_related("area"))
    may_write = may_write_list(request.user)
    context = {
        "editions": rows,
        "may_adopt": may_write and not rows,
        "may_revise": may_write and bool(rows) and all(row.state == "published" for row in rows),
        "form": ReviseForm(),
        "once": new_key(),
    }
    return render(request, "decisions/editions.html", context)


@require_POST
@access(may_write_list)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Copy the pack's list as the first draft."""
    edition = actions.adopt_list(home_area(request), by=request.user)
    messages.success(request, _("已采用制度包的清单,请核对限额后由另一人发布。"))
    return redirect("decisions:edition", pk=edition.pk)


@access(may_write_list)
@submit_once
def revise(request: HttpRequest) -> HttpResponse:
    """Begin the next version."""
    form = ReviseForm(request.POST or None)
    return take_step(
        request, form, lambda values: actions.revise_list(home_area(request), by=request.user, **values), done=_("新一版已开始编写。"),
        back=reverse("decisions:editions"), to=page_of, template="decisions/edition_form.html", heading=_("修订清单"),
    )  # fmt: skip


@access(is_in_area)
def show_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: its lines with thresholds and steps, its forms, who is entitled to what."""
    edition = get_edition(request, pk)
    is_draft = edition.state == DecisionList.State.DRAFT
    lines = [
        {
            "row": row,
            "threshold": f"{write_sum(row.threshold)} 万元" if row.threshold is not None else "",
            "keywords": "、".join(row.keywords),
            "steps": "→".join(f"{edition.front_label if kind == 'front' else STEPS[kind]}({days}天)" for kind, days, _post in row.steps),
        }
        for row in edition.rules.all()
    ]
    context = {
        "edition": edition,
        "lines": lines,
        "forms": [(code, row["name"], len(row["fields"]), row["proof"]) for code, row in edition.forms.items()],
        "posts": [
            (label, "、".join(str(POST_TITLES.get(post, post)) for post in posts))
            for label, posts in (
                (_("批准例外"), edition.exception_posts), (_("紧急决定"), edition.urgent_posts), (_("警示叫停"), edition.stop_posts),
            )
        ],
        "may_write": is_draft and may_write_list(request.user, edition),
        "may_publish": is_draft and may_publish_list(request.user, edition) and request.user.pk not in edition.writers,
        "publish_form": PublishForm(initial={"valid_from": today()}),
        "once": new_key(),
    }  # fmt: skip
    return render(request, "decisions/edition.html", context)


def page_of(edition: DecisionList) -> str:
    return reverse("decisions:edition", args=[edition.pk])


def write(
    request: HttpRequest, edition: DecisionList, form: Any, act: Any, *, heading: str, version: int = 0,
    template: str = "decisions/edition_form.html", **extra: Any,
) -> HttpResponse:  # fmt: skip
    """Carry out a form's action on a draft and go back to it."""
    return take_step(
        request, form, act, done=_("已保存。"), back=page_of(edition), template=template, edition=edition, heading=heading, row_version=version,
        **extra,
    )  # fmt: skip


@access(may_write_list)
@submit_once
def edit_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name, basis, the label of 前置研究 and who is entitled to what."""
    edition = get_draft(request, pk)
    initial = {name: getattr(edition, name) for name in HeadForm.base_fields}
    form = HeadForm(request.POST or None, initial=initial)
    return write(
        request, edition, form, lambda values: actions.save_head(edition, values, by=request.user, version=read_version(request)),
        heading=_("清单设置"), version=edition.version,
    )  # fmt: skip


@access(may_write_list)
@submit_once
def new_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line."""
    edition = get_draft(request, pk)
    form = RuleForm(request.POST or None, forms_of=edition.forms, initial={"survey_form": "survey"})
    return write(request, edition, form, lambda values: actions.save_rule(edition, values, by=request.user), heading=_("新增清单事项"))


@access(may_write_list)
@submit_once
def edit_rule(request: HttpRequest, pk: int, rule: int) -> HttpResponse:
    """Change a line."""
    edition = get_draft(request, pk)
    row = get_object_or_404(Rule, pk=rule, edition=edition)
    initial = {name: getattr(row, name) for name in RuleForm.base_fields if name != "steps"}
    form = RuleForm(request.POST or None, forms_of=edition.forms, initial={**initial, "steps": write_steps(row.steps)})
    return write(
        request, edition, form,
        lambda values: actions.save_rule(edition, values, rule=row, by=request.user, version=read_version(request)),
        heading=row.title, version=row.version,
    )  # fmt: skip


@access(may_write_list)
@submit_once
def edit_form(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Change the fields of a step's form."""
    edition = get_draft(request, pk)
    stored = edition.forms.get(code)
    if stored is None:
        return redirect("decisions:edition", pk=pk)
    form = StepFormForm(request.POST or None, initial={"name": stored["name"], "proof": stored["proof"]})
    initial = [
        {"code": one.code, "label": one.label, "kind": one.kind, "required": one.required, "choices": list(one.choices)}
        for one in edition.list_fields(code)
    ]
    rows = FieldRows(request.POST or None, initial=None if request.POST else initial, prefix="r")

    def act(values: dict[str, Any]) -> None:
        fields = [
            OwnField(row["code"].strip(), row["label"].strip(), row["kind"] or "text", row["required"], tuple(row["choices"]))
            for row in rows.cleaned_data
            if row and (row.get("code") or row.get("label"))
        ]
        actions.save_form(
            edition, code, name=values["name"], proof=values["proof"], fields=fields, by=request.user, version=read_version(request)
        )

    if form.is_bound and not rows.is_valid():
        form.add_error(None, _("请改正标出的栏目。"))
    return write(
        request, edition, form, act, heading=stored["name"], version=edition.version, rows=rows, template="decisions/form_rows.html"
    )


@access(may_publish_list)
@submit_once
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft into force."""
    edition = get_edition(request, pk)
    require(may_publish_list, request.user, edition)
    form = PublishForm(request.POST or None, initial={"valid_from": today()})
    return write(
        request, edition, form, lambda values: actions.publish_list(edition, by=request.user, version=read_version(request), **values),
        heading=_("发布第 %(n)d 版") % {"n": edition.number}, version=edition.version,
    )  # fmt: skip
