"""What every page with a form needs: the version that it was opened with, and an action's answer shown at its fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed

from ronghe.common.actions import StaleForm

# what an action may answer to a form; shown at the form with everything typed kept
PROBLEMS = (ValidationError, StaleForm, TransitionNotAllowed)
LONGEST_NUMBER = 9
MAX_FILES = 6
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


def posted_version(request: HttpRequest) -> int:
    """Return the version of the row that a form was opened with; a form without one is stale."""
    number = read_version(request)
    return -1 if number is None else number


def carry_out(request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, done: Any) -> bool:
    """Carry out the action of a form that was posted and holds; what the action refuses is shown at the form. Tells whether it is done.

    `done` is what is said then, or a function that says it.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except PROBLEMS as problem:
        show_problem(form, problem)
        return False
    messages.success(request, done() if callable(done) else done)
    return True


def area_text(label: Any, *, rows: int = 4, **extra: Any) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=extra.pop("max_length", 2000), **extra)


class FilesField(forms.FileField):
    """Several files of one input."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given or [None] if one or self.required]
        if len(files) > MAX_FILES:
            raise ValidationError(_("一次最多 %(n)d 份材料。") % {"n": MAX_FILES})
        return files
