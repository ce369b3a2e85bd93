"""What every page with a form needs: the version that it was opened with, and an action's answer shown at its fields."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed

from ronghe.common.actions import StaleForm

# what an action may answer to a form; shown at the form with everything typed kept
PROBLEMS = (ValidationError, StaleForm, TransitionNotAllowed)
LONGEST_NUMBER = 9
# said by every form that takes free text or a file (tests/test_secrecy_line.py walks them)
SECRECY = gettext_lazy("涉密不上网:不得填写、上传国家秘密和商业秘密。")


def read_number(text: str) -> int | None:
    """Return a plain number of an address or a hidden field, or None: '²' is a digit to Python and no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def read_version(request: HttpRequest) -> int | None:
    """Return the version that a form was opened with."""
    return read_number(request.POST.get("version", ""))


def show_problem(form: forms.Form, problem: Exception) -> None:
    """Show what an action answered, at the fields that it names, else above the form."""
    if isinstance(problem, TransitionNotAllowed):
        form.add_error(None, _("现在已经不在可以这样办理的状态,可能有人先办了。现在的情况见上方。"))
    elif isinstance(problem, ValidationError) and hasattr(problem, "error_dict"):
        for field, errors in problem.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
