"""责任书: the list with its filters, one letter's page, print, Word and workbook."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, hand_out_file, mark_export
from ronghe.common.once import new_key
from ronghe.common.pages import paginate
from ronghe.documents.actions import read_bytes
from ronghe.documents.queries import list_documents
from ronghe.letters.actions.drafts import TEXT, fill_letter
from ronghe.letters.actions.signing import find_archive
from ronghe.letters.forms import AnswerForm, LetterFilter, ReasonForm
from ronghe.letters.models import Letter, LetterLine, LetterQuerySet, LetterTemplate
from ronghe.letters.paper import describe_paper
from ronghe.letters.permissions import is_in_area, may_answer, may_keep, may_review, may_sign
from ronghe.letters.queries.letters import (
    TONES,
    describe_letter,
    describe_signatures,
    filter_letters,
    lay_out,
    note_of,
    shown_code,
    with_parties,
)
from ronghe.letters.rules import review_opens
from ronghe.letters.word import take_apart
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 1000
HEADS = ("编号", "责任书", "年度", "单位", "甲方", "乙方", "状态", "说明")


def read_filter(request: HttpRequest) -> tuple[LetterFilter, LetterQuerySet]:
    """Return the filter's form and the rows that it keeps, of those that the user may read."""
    seen = Letter.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    templates = LetterTemplate.objects.visible_to(request.user).values_list("pk", "title")
    years = seen.order_by("-year").values_list("year", flat=True).distinct()
    form = LetterFilter(request.GET, years=years, templates=templates, units=units)
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, filter_letters(with_parties(seen), chosen, request.user)


def home_area(request: HttpRequest) -> int | None:
    """Return the area in whose log an export of the list stands."""
    return min(standing_of(request.user).readable_areas, default=None)


@access(is_in_area)
def list_letters(request: HttpRequest) -> HttpResponse:
    """Show the letters that the filters keep."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    day = today()
    context = {
        "form": form,
        "page": page,
        "lines": [(describe_letter(letter, day), letter.state in ("draft", "returned")) for letter in page.object_list],
        "may_keep": may_keep(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "once": new_key(),
    }
    return render(request, "letters/list.html", context)


@access(is_in_area)
def print_list(request: HttpRequest) -> HttpResponse:
    """Print just what the list shows."""
    _form, rows = read_filter(request)
    day = today()
    lines = [describe_letter(letter, day) for letter in rows[:MOST]]
    context = {
        "lines": lines,
        "page_title": _("责任书签订情况"),
        "back_url": f"{reverse('letters:list')}?{request.GET.urlencode()}",
        "mark": mark_export(request.user, what=_("打印责任书签订情况"), rows=len(lines), area_id=home_area(request)),
    }
    return render(request, "letters/print_list.html", context)


@access(is_in_area)
def export_list(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_filter(request)
    day = today()
    found = [describe_letter(letter, day) for letter in rows[:MOST]]
    cells = [[row.number, row.title, row.year, row.unit, row.first, row.second, row.state, row.note] for row in found]
    sheet = Sheet(_("责任书"), HEADS, cells)
    return hand_out(request.user, what=_("责任书"), sheets=[sheet], name=_("责任书签订情况"), area_id=home_area(request))


def get_letter(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(with_parties(Letter.objects.visible_to(request.user)), pk=pk)


def read_text(letter: Letter) -> list[dict[str, Any]]:
    """Return the blocks of a letter: as they were fixed, or of a draft as they would be."""
    return letter.text if letter.text and letter.state not in ("draft", "returned") else take_apart(fill_letter(letter))


@access(is_in_area)
def show_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter: its text, who has signed, what may be done."""
    return render_letter(request, get_letter(request, pk))


def render_letter(request: HttpRequest, letter: Any, *, status: int = 200, **bound: Any) -> HttpResponse:
    """Render a letter's page; a form with problems stands in its place with what was typed."""
    user, state = request.user, letter.state
    open_state = state in ("draft", "returned")
    signatures = describe_signatures(letter)
    me = standing_of(user).person_id
    signed = (letter.first_signed and me == letter.first_id) or (letter.second_signed and me == letter.second_id)
    keeps = may_keep(user, letter)
    successor = Letter.objects.visible_to(user).filter(replaces=letter).first() if state in ("withdrawn", "replaced") else None
    context = {
        "letter": letter,
        "tone": TONES[state],
        "note": note_of(letter, today()),
        "blocks": lay_out(read_text(letter)),
        "lines": list(LetterLine.objects.filter(letter=letter)) if state == "reviewed" else [],
        "signatures": signatures,
        "code": shown_code(letter),
        "archive": find_archive(letter),
        "opens": review_opens(letter.valid_to),
        "may_edit": keeps and open_state,
        "may_sign": state == "pending" and may_sign(user, letter) and not signed,
        "may_withdraw": keeps and (open_state or state == "pending"),
        "may_redraft": keeps and state in ("withdrawn", "replaced") and successor is None,
        "may_review": state == "active" and may_review(user, letter) and today() >= review_opens(letter.valid_to),
        "withdraw_form": bound.get("withdraw") or ReasonForm(prefix="w"),
        "answer_form": bound.get("answer")
        or (AnswerForm() if state == "reviewed" and letter.answered_at is None and may_answer(user, letter) else None),
        "opened": next(iter(bound), ""),
        "successor": successor,
        "history": list_history(letter),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "letters/letter.html", context, status=status)


@access(is_in_area)
def print_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a letter as it stands; the archived PDF has the same text."""
    letter = get_letter(request, pk)
    letter.text = read_text(letter)
    context = describe_paper(letter) | {
        "mark": mark_export(request.user, what=_("打印责任书 %(number)s") % {"number": letter.number}, rows=1, area_id=letter.area_id),
        "back_url": reverse("letters:letter", args=[pk]),
    }
    return render(request, "letters/print_letter.html", context)


@access(is_in_area)
def hand_out_word(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the Word file: the one that was kept when the text was fixed, or of a draft as it would be."""
    letter = get_letter(request, pk)
    kept = [row for row in list_documents(letter) if row.purpose == TEXT]
    fixed = kept and letter.state not in ("draft", "returned")
    data = read_bytes(kept[-1]) if fixed else fill_letter(letter)
    return hand_out_file(
        request.user, what=_("责任书 %(number)s") % {"number": letter.number}, data=data, name=f"责任书-{letter.number}.docx",
        media_type=WORD, rows=1, area_id=letter.area_id,
    )  # fmt: skip
