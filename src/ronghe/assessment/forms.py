"""What people type into the assessment: a month to run, a reason, a scheme."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ronghe.assessment.rules import DEFAULT_SHOWN_DAYS, is_month

MAX_SCHEME_BYTES = 1024 * 1024


class OnceForm(forms.Form):
    """A form that is carried out once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)


def clean_month(value: str) -> str:
    """Return a month '2026-10', or raise."""
    text = value.strip()
    if not is_month(text):
        raise ValidationError(_("请写成 2026-10 这样的月份。"))
    return text


def list_errors(form: forms.Form) -> str:
    """Return all that is wrong with a one-line form as one message."""
    return " ".join(str(text) for errors in form.errors.values() for text in errors)


class RunForm(OnceForm):
    """Which month to run, and why where it was published before."""

    period = forms.CharField(label=_("月份"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))
    reason = forms.CharField(
        label=_("重算原因"),
        max_length=300,
        required=False,
        help_text=_("本月已经公示过时必填;会与新旧结果一起保留。"),
        widget=forms.TextInput(),
    )

    def clean_period(self) -> str:
        return clean_month(self.cleaned_data["period"])


class PublishForm(OnceForm):
    """For how long a run is shown before it takes effect."""

    days = forms.IntegerField(label=_("公示期(工作日)"), min_value=1, max_value=30, initial=DEFAULT_SHOWN_DAYS)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SchemeForm(OnceForm):
    """A scheme as a file or as text."""

    file = forms.FileField(label=_("方案文件(TOML)"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}))
    text = forms.CharField(
        label=_("或粘贴方案文字"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "font-monospace"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            if file.size > MAX_SCHEME_BYTES:
                raise ValidationError(_("方案文件超过 1 MB。"))
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError(_("方案文件不是 UTF-8 编码的文字。")) from error
        if not (cleaned.get("text") or "").strip():
            raise ValidationError(_("请选择方案文件,或粘贴方案文字。"))
        cleaned["text"] = cleaned["text"].replace("\r\n", "\n")
        return cleaned


class PublishSchemeForm(OnceForm):
    """From which month a version applies."""

    valid_from = forms.CharField(label=_("自哪个月起执行"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_valid_from(self) -> str:
        return clean_month(self.cleaned_data["valid_from"])
