"""Letters before they are signed: drafted for many, written, sent out, withdrawn, drafted anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.forms import PROBLEMS, read_number, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.letters.actions import drafts as write
from ronghe.letters.forms import DraftForm, LetterForm, LineFormSet, ReasonForm
from ronghe.letters.models import Letter, LetterLine, LetterTemplate
from ronghe.letters.permissions import may_keep
from ronghe.letters.queries.parties import list_firsts, list_parties
from ronghe.letters.views.letters import get_letter, render_letter

NAMES = ("kind", "category", "what", "how", "degree")


@access(may_keep)
@submit_once
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a template's letters for a year: who has one already and who can't have one is shown, the others are ticked."""
    template = get_object_or_404(LetterTemplate.objects.visible_to(request.user), pk=pk, retired_on=None)
    year = read_number(request.POST.get("year", "") or request.GET.get("year", "")) or today().year
    parties = list_parties(template, year, today())
    firsts = list_firsts(template.area_id, today())
    initial: dict[str, Any] = {"year": year}
    form = DraftForm(request.POST or None, initial=initial, firsts=firsts, parties=parties)
    if request.method == "POST" and form.is_valid():
        posts = {party.post.pk: party.post for party in parties} | {post.pk: post for post, _person in firsts}
        try:
            made = write.draft_letters(
                template, year=form.cleaned_data["year"], first_post=posts[int(form.cleaned_data["first"])],
                posts=[posts[int(one)] for one in form.cleaned_data["posts"]], by=request.user,
            )  # fmt: skip
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已起草 %(n)d 份,看过以后送签。") % {"n": len(made)})
            return redirect("letters:letter", pk=made[0].pk) if len(made) == 1 else redirect("/letters/?state=draft")
    context = {
        "template": template,
        "form": form,
        "taken": [party for party in parties if party.letter is not None],
        "empty": [party for party in parties if party.person is None and party.letter is None],
        "free": any(party.person is not None and party.letter is None for party in parties),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "letters/draft_form.html", context, status=422 if form.is_bound else 200)


@access(may_keep)
@submit_once
def edit_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft or a returned letter: dates, lines, what is agreed besides; an emptied row is left out."""
    letter = get_letter(request, pk)
    if letter.state not in (Letter.State.DRAFT, Letter.State.RETURNED) and request.method == "GET":
        return redirect("letters:letter", pk=pk)
    initial = [dict(zip(NAMES, row, strict=True)) for row in LetterLine.objects.filter(letter=letter).values_list(*NAMES)]
    form = LetterForm(request.POST or None, initial={"valid_from": letter.valid_from, "valid_to": letter.valid_to, "extra": letter.extra})
    rows = LineFormSet(request.POST or None, initial=None if request.POST else initial, prefix="l")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        filled: list[Any] = [
            tuple(one.get(name) or ("duty" if name == "kind" else "") for name in NAMES)
            for one in rows.cleaned_data
            if any(one.get(name) for name in ("what", "how", "degree"))
        ]
        try:
            write.save_letter(letter, rows=filled, by=request.user, version=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存 %(n)d 条。") % {"n": len(filled)})
            return redirect("letters:letter", pk=pk)
    context = {
        "letter": letter, "form": form, "rows": rows, "version": request.POST.get("version") or letter.version,
        "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "letters/letter_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_keep)
@submit_once
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one letter out for signing."""
    letter = write.send_letter(get_letter(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("已送签,双方的待办里有这一份。文本从现在起不能改。"))
    return redirect("letters:letter", pk=letter.pk)


@require_POST
@access(may_keep)
@submit_once
def send_batch(request: HttpRequest) -> HttpResponse:
    """Send the ticked drafts out for signing."""
    pks = [int(one) for one in request.POST.getlist("letter") if one.isdigit()][:200]
    letters = list(Letter.objects.visible_to(request.user).filter(pk__in=pks, state__in=("draft", "returned")).order_by("pk"))
    if not letters:
        messages.warning(request, _("请先勾选起草好的责任书。"))
    else:
        write.send_letters(letters, by=request.user)
        messages.success(request, _("已送签 %(n)d 份。") % {"n": len(letters)})
    return redirect("letters:list")


@require_POST
@access(may_keep)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a letter up before both have signed."""
    letter = get_letter(request, pk)
    form = ReasonForm(request.POST, prefix="w")
    if form.is_valid():
        try:
            write.withdraw_letter(letter, reason=form.cleaned_data["reason"], by=request.user, version=read_version(request))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已撤回。"))
            return redirect("letters:letter", pk=pk)
    return render_letter(request, get_letter(request, pk), status=422, withdraw=form)


@require_POST
@access(may_keep)
@submit_once
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft anew with who holds the posts now."""
    made = write.redraft_letter(get_letter(request, pk), by=request.user)
    messages.success(request, _("已重新起草,看过以后送签。"))
    return redirect("letters:letter", pk=made.pk)
