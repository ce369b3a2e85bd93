"""大练兵: quizzes, a try, teams; banks from a sheet; practice on the job."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.capability import actions, permissions
from ronghe.capability.forms import CheckForm, PracticeForm, QuizForm
from ronghe.capability.models import Attempt, Bank, Practice, Quiz, Requirement
from ronghe.capability.queries import quizzes as reading
from ronghe.capability.queries.people import list_people
from ronghe.capability.sheets import QUESTION_TEMPLATE, read_question_file
from ronghe.capability.views.steps import home_area, take_sheet, take_step
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate


@access(permissions.is_in_area)
def list_quizzes(request: HttpRequest) -> HttpResponse:
    """Show the quizzes with one's own best, and the check lists of practice."""
    page = paginate(request, Quiz.objects.visible_to(request.user).select_related("bank").order_by("-starts_on", "-pk"))
    context = {
        "page": page,
        "lines": reading.describe_quizzes(request.user, list(page.object_list)),
        "practices": list(Practice.objects.visible_to(request.user)[:100]),
        "trains": permissions.may_train(request.user),
    }
    return render(request, "capability/quizzes.html", context)


@access(permissions.may_train)
@submit_once
def new_quiz(request: HttpRequest) -> HttpResponse:
    """Open a quiz."""
    form = QuizForm(request.POST or None, banks=Bank.objects.visible_to(request.user))
    return take_step(
        request, form, lambda values: actions.open_quiz(by=request.user, **values), done=_("已发起。"), heading=_("发起练兵"),
        back=reverse("capability:quizzes"),
    )  # fmt: skip


def get_quiz(request: HttpRequest, pk: int) -> Quiz:
    return get_object_or_404(Quiz.objects.visible_to(request.user).select_related("bank"), pk=pk)


@access(permissions.is_in_area)
def show_quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a quiz: one's own tries, and what teams did."""
    quiz = get_quiz(request, pk)
    context = {
        "quiz": quiz,
        "is_open": quiz.starts_on <= today() <= quiz.ends_on,
        "started": reading.find_open(request.user, quiz),
        "own": reading.list_own(request.user, quiz),
        "teams": reading.sum_teams(quiz),
        "once": new_key(),
    }
    return render(request, "capability/quiz.html", context)


@require_POST
@access(permissions.is_in_area)
@submit_once
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a try."""
    return redirect("capability:attempt", pk=actions.start_attempt(get_quiz(request, pk), by=request.user).pk)


@access(permissions.is_in_area)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one's try; afterwards, what was right and why."""
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user).select_related("quiz"), pk=pk)
    if request.method == "POST" and attempt.handed_on is None:
        given = [[int(one) for one in request.POST.getlist(f"q{place}") if one in "01234"] for place in range(len(attempt.questions))]
        attempt = actions.hand_in(attempt, answers=given, by=request.user)
        messages.success(request, _("得 %(score)d 分。") % {"score": attempt.score or 0})
        return redirect("capability:attempt", pk=pk)
    context = {"attempt": attempt, "quiz": attempt.quiz, "asked": reading.list_asked(attempt), "once": new_key()}
    return render(request, "capability/attempt.html", context)


@access(permissions.may_train)
def bring_questions(request: HttpRequest) -> HttpResponseBase:
    """Put questions into a bank from a sheet."""
    area = home_area(request)
    bank = request.POST.get("bank", "").strip()[:60]

    def take(found: Any, name: str) -> HttpResponse:
        count = actions.import_questions(area, bank=bank or name.rpartition(".")[0], lines=found.lines, by=request.user)
        messages.success(request, _("题库里放入 %(n)d 题。") % {"n": count})
        return redirect("capability:quizzes")

    banks = [(row.name, row.questions.count()) for row in Bank.objects.visible_to(request.user)[:50]]
    return take_sheet(
        request, read_question_file, take, area_id=area.pk, heading=_("导入题库"), template_url=reverse("capability:banks-template"),
        back=reverse("capability:quizzes"), asks_bank=True, bank=bank, banks=banks,
        hint=_("一行一题:题目、A–E 选项、答案(A 或 AC)、解析;判断题不写选项,答案写对或错。题目相同的会更新。"),
    )  # fmt: skip


@access(permissions.may_train)
def question_template(request: HttpRequest) -> FileResponse:
    """Hand out the table to fill."""
    area = home_area(request)
    return hand_out(request.user, what=_("题库导入表"), sheets=[QUESTION_TEMPLATE], name="题库导入表", area_id=area.pk)


@access(permissions.may_train)
@submit_once
def new_practice(request: HttpRequest) -> HttpResponse:
    """Write a check list."""
    area = home_area(request)

    def act(values: dict[str, Any]) -> None:
        actions.add_practice(area, by=request.user, **{**values, "steps": values["steps"].splitlines()})

    asked = Requirement.objects.on(today()).filter(area=area, kind__in=["knowledge", "experience"])
    names = list(dict.fromkeys(asked.values_list("name", flat=True)))
    return take_step(
        request,
        PracticeForm(request.POST or None, names=names),
        act,
        done=_("已保存。"),
        heading=_("编写实操清单"),
        back=reverse("capability:quizzes"),
    )


@access(permissions.may_train)
@submit_once
def check_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what somebody did rightly on the job."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    people = list(list_people(request.user).select_related("unit").order_by("unit__order", "sort_key"))
    form = CheckForm(request.POST or None, people=people, steps=practice.steps)
    return take_step(
        request, form, lambda values: actions.check_practice(practice, by=request.user, **values), done=_("已登记,本人看得到。"),
        heading=practice.name, back=reverse("capability:quizzes"), basis=practice.basis,
    )  # fmt: skip
