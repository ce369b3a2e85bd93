"""Templates: the list, one, the next version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.appraisal.actions.templates import adopt_templates, revise_template
from ronghe.appraisal.forms import ReviseForm, write_roles
from ronghe.appraisal.kinds import SOURCES, WHO
from ronghe.appraisal.models import Template
from ronghe.appraisal.permissions import is_in_area, may_keep_templates, may_organise
from ronghe.appraisal.queries.detail import SIDE_NAMES, show_number
from ronghe.appraisal.rules.signing import OWN, PLAIN, line_of
from ronghe.appraisal.views.steps import take_step
from ronghe.assessment.kernel import read_scheme
from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


@access(is_in_area)
def list_templates(request: HttpRequest) -> HttpResponse:
    """Show the templates in force."""
    page = paginate(request, Template.objects.visible_to(request.user).filter(valid_to=None).order_by("pk"))
    context = {"page": page, "may_keep": may_keep_templates(request.user), "once": new_key()}
    return render(request, "appraisal/templates.html", context)


@require_POST
@access(may_keep_templates)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take the pack's templates."""
    area = get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(("branch_secretary", "deputy_party")), default=0))
    made = adopt_templates(area, by=request.user)
    messages.success(request, _("已采用 %(n)d 个模板。权重和期限是默认值,请按本单位的办法修订。") % {"n": len(made)})
    return redirect("appraisal:templates")


def get_template(request: HttpRequest, pk: int) -> Template:
    return get_object_or_404(Template.objects.visible_to(request.user), pk=pk)


def describe_scheme(template: Template) -> list[dict[str, str]]:
    """Return the composition line by line: name, full marks, where from, on which basis; vetoes too."""
    if not template.scheme:
        return []
    scheme = read_scheme(template.scheme)
    dimensions = {one.code: one.name for one in scheme.dimensions}
    lines = []
    for one in scheme.indicators:
        source = template.inputs.get(one.code, {})
        full = _("否决") if one.is_veto else show_number(str(one.full))
        lines.append(
            {
                "name": one.name, "dimension": dimensions.get(one.dimension, "") if one.dimension else "", "full": full,
                "source": str(SOURCES.get(source.get("source", ""), "")), "basis": source.get("basis", ""),
            }
        )  # fmt: skip
    return lines


def list_signing(template: Template) -> list[tuple[str, Any]]:
    """Return whose results → who grades and signs them; nothing where nobody judges."""
    if not template.is_judged:
        return []
    return [(str(_("各人的")), line_of(template.signed_by, PLAIN)), (str(_("签发人本人的")), line_of(template.signed_by, OWN))]


@access(is_in_area)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version of a template: everything that a round by it will do."""
    template = get_template(request, pk)
    context = {
        "template": template,
        "judges": [(one["name"], WHO[one["who"]], show_number(str(one["weight"])), one["anonymous"]) for one in template.judges],
        "form": [(SIDE_NAMES[one["side"]], one["label"], one.get("hint", ""), one.get("required")) for one in template.form],
        "items": [(SIDE_NAMES[one["side"]], one["name"]) for one in template.items],
        "scale": [(one["label"], one["points"]) for one in template.scale],
        "scheme": describe_scheme(template),
        "signing": [(whose, write_roles(row["grade"]), write_roles(row["sign"])) for whose, row in list_signing(template)],
        "versions": Template.objects.visible_to(request.user).filter(area_id=template.area_id, code=template.code).order_by("-number"),
        "may_keep": may_keep_templates(request.user, template) and template.valid_to is None,
        "may_open": may_organise(request.user, template) and template.valid_to is None,
        "history": list_history(template),
    }
    return render(request, "appraisal/template.html", context)


@access(may_keep_templates)
@submit_once
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of a template."""
    template = get_template(request, pk)
    require(may_keep_templates, request.user, template)
    form = ReviseForm(request.POST or None, template=template, initial=ReviseForm.read_initial(template))
    made: list[Template] = []

    def act(values: dict[str, Any]) -> None:
        try:
            made.append(
                revise_template(template, form.read_values(), reason=values["reason"], by=request.user, version=posted_version(request))
            )
        except ValidationError as problem:
            raise translate(problem, template) from problem

    response = take_step(
        request, form, act, done=_("新版已保存,以后发起的按新版;进行中的不变。"), back=reverse("appraisal:templates"),
        heading=_("修订模板"), version=template.version, note=_("进行中的轮次按发起时的版本走完。"),
    )  # fmt: skip
    return redirect("appraisal:template", pk=made[0].pk) if made else response


def translate(problem: ValidationError, template: Template) -> ValidationError:
    """Put a fault of a part at the field where it is edited."""
    if not hasattr(problem, "error_dict"):
        return problem
    first = f"w-{template.judges[0]['code']}" if template.judges else "questions"
    places = {"form": "questions", "judges": first, "inputs": "scheme", "signing": "sign"}
    return ValidationError({places.get(name, name): errors for name, errors in problem.error_dict.items()})
