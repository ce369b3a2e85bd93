"""Signing with the password or the second factor given again, returning, the year-end review, and the verification page.

Proving again who one is is allauth's (its pages, its limits, axes' lock): the first press of 签订 is put aside and allauth asks; what it
lets through is carried out at once. Whatever was proved before that press doesn't count: each signature has its own.
"""

import hashlib
import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, suspend_request
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, anyone
from ronghe.common.calendar import today
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.letters import paper
from ronghe.letters.actions import drafts, reviews
from ronghe.letters.actions import signing as write
from ronghe.letters.forms import AnswerForm, ReasonForm, SignForm, SummaryForm, VerdictFormSet, VerifyForm
from ronghe.letters.models import Letter, LetterLine, Signature
from ronghe.letters.permissions import is_in_area, may_review, may_sign
from ronghe.letters.queries.letters import describe_signatures, lay_out
from ronghe.letters.rules import read_code, review_opens, show_code
from ronghe.letters.views.letters import get_letter, read_text, render_letter
from ronghe.org.standing import standing_of

ASKED = "letters_sign"
LONGEST = 600  # seconds between the press and the proof
MOST_PDF = 20_000_000


@access(is_in_area)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text to sign; sign it once the signer has proved again who they are."""
    letter = get_letter(request, pk)
    if not may_sign(request.user, letter) or letter.state != Letter.State.PENDING:
        if request.method == "POST":
            messages.warning(request, _("这份责任书现在不需要您签订。"))
        return redirect("letters:letter", pk=pk)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = take_proof(request, pk)
        if not how:
            return ask_for_proof(request, pk)
        try:
            done = write.sign_letter(letter, digest=request.POST.get("digest", ""), how=how, by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            if done.state == Letter.State.ACTIVE:
                paper.archive(get_letter(request, pk))
                messages.success(request, _("双方已签订,责任书生效,PDF 已存档。"))
            else:
                messages.success(request, _("已签订,等另一方签订后生效。"))
            return redirect("letters:letter", pk=pk)
    return show_sign(request, letter, form, ReasonForm(prefix="r"))


def show_sign(request: HttpRequest, letter: Any, form: SignForm, back: ReasonForm) -> HttpResponse:
    mine = next(
        (row for row in Signature.objects.filter(letter=letter, void_at=None, person_id=standing_of(request.user).person_id or 0)), None
    )
    context = {
        "letter": letter,
        "blocks": lay_out(read_text(letter)),
        "signatures": describe_signatures(letter),
        "mine": mine,
        "form": form,
        "return_form": back,
        "can_prove": bool(get_reauthentication_flows(request.user)),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "letters/sign.html", context, status=422 if form.is_bound or back.is_bound else 200)


def ask_for_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the press aside and let allauth ask for password or second factor; it carries the press out afterwards."""
    request.session[ASKED] = {"pk": pk, "at": time.time()}
    return suspend_request(request, reverse("account_reauthenticate"))


def take_proof(request: HttpRequest, pk: int) -> str:
    """Return how the signer proved who they are after pressing 签订 for this letter, '' where they did not. Good for one signature."""
    asked = request.session.get(ASKED) or {}
    if asked.get("pk") != pk or not 0 <= time.time() - asked.get("at", 0) <= LONGEST:
        return ""
    proved = [row for row in get_authentication_records(request, request.user) if row.get("reauthenticated") and row["at"] >= asked["at"]]
    if not proved:
        return ""
    del request.session[ASKED]
    last = proved[-1]
    return str(last.get("type") or "totp") if last.get("method") == "mfa" else "password"


@require_POST
@access(is_in_area)
@submit_once
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter back instead of signing it."""
    letter = get_letter(request, pk)
    form = ReasonForm(request.POST, prefix="r")
    if form.is_valid():
        try:
            drafts.return_letter(letter, reason=form.cleaned_data["reason"], by=request.user, version=read_version(request))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已退回起草人。"))
            return redirect("letters:list")
    return show_sign(request, letter, SignForm(), form)


@access(is_in_area)
@submit_once
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Give every line its verdict."""
    letter = get_letter(request, pk)
    if not may_review(request.user, letter) or letter.state != Letter.State.ACTIVE or today() < review_opens(letter.valid_to):
        messages.info(request, _("现在不是您评议的时候。"))
        return redirect("letters:letter", pk=pk)
    lines = list(LetterLine.objects.filter(letter=letter))
    rows = VerdictFormSet(request.POST or None, initial=[{"line": line.pk} for line in lines], prefix="v")
    form = SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        verdicts = {one["line"]: (one.get("verdict", ""), one.get("note", "")) for one in rows.cleaned_data if one}
        try:
            reviews.review_letter(
                letter, verdicts=verdicts, summary=form.cleaned_data["summary"], by=request.user, version=read_version(request)
            )
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("评议已保存,已请乙方看。"))
            return redirect("letters:letter", pk=pk)
    context = {
        "letter": letter, "form": form, "rows": rows, "pairs": list(zip(lines, rows, strict=False)),
        "version": request.POST.get("version") or letter.version, "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "letters/review.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(is_in_area)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """乙方 says what they think of the review."""
    letter = get_letter(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            reviews.answer_review(letter, answer=form.cleaned_data["answer"], by=request.user, version=read_version(request))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("意见已记下,和评议放在一起。"))
            return redirect("letters:letter", pk=pk)
    return render_letter(request, get_letter(request, pk), status=422, answer=form)


@access(anyone)
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and for the PDF where its bytes are to be compared; answer true or false, and nothing of the content."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return answer_verification(request, form.cleaned_data["code"], form, form.cleaned_data.get("file"))
    return render(request, "letters/verify.html", {"form": form}, status=422 if form.is_bound else 200)


@access(anyone)
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for the code of a QR."""
    return answer_verification(request, code, VerifyForm(initial={"code": code}), None)


def answer_verification(request: HttpRequest, text: str, form: VerifyForm, file: Any) -> HttpResponse:
    """Say whether such a letter was signed and still holds; who may read it is shown the way to it."""
    code = read_code(text)
    letter = Letter.objects.filter(code=code).first() if code else None
    same: bool | None = None
    if letter is not None and file is not None:
        archived = write.find_archive(letter)
        digest = hashlib.sha256(file.read(MOST_PDF + 1)).hexdigest()
        same = archived is not None and archived.digest == digest
    readable = letter is not None and Letter.objects.visible_to(request.user).filter(pk=letter.pk).exists()
    context = {
        "form": form,
        "asked": True,
        "code": show_code(code) if code else text[:40],
        "letter": letter,
        "true": letter is not None and same is not False,
        "same": same,
        "url": reverse("letters:letter", args=[letter.pk]) if letter is not None and readable else "",
    }
    return render(request, "letters/verify.html", context)
