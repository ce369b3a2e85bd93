"""What people type into the assessment: a month to run, a reason, a scheme."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ronghe.assessment.models import Objection
from ronghe.assessment.rules import DEFAULT_OBJECTION_DAYS, DEFAULT_SHOWN_DAYS, is_month
from ronghe.common.forms import SECRECY

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
    objection_days = forms.IntegerField(
        label=_("异议期(工作日)"), min_value=1, max_value=30, initial=DEFAULT_OBJECTION_DAYS, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def cleaned_terms(self) -> dict[str, Any]:
        """Return what the action takes; a term left empty is the usual one."""
        terms = {name: self.cleaned_data[name] for name in ("days", "objection_days", "version")}
        return {**terms, "objection_days": terms["objection_days"] or DEFAULT_OBJECTION_DAYS}


class SchemeForm(OnceForm):
    """A scheme as a file or as text."""

    file = forms.FileField(
        label=_("方案文件(TOML)"), required=False, help_text=SECRECY, widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"})
    )
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


def write_text(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), **extra)


class ObjectForm(OnceForm):
    """Why a mark is doubted, with its proof; the file is checked by the action."""

    reason = write_text(_("异议理由"), help_text=_("写清哪个数、为什么不对、应当是多少。涉密不上网:不得填写、上传国家秘密和商业秘密。"))
    proof = forms.FileField(label=_("证明材料"), required=False)


class AnswerForm(OnceForm):
    """The answer to an objection, and where it holds: what was wrong, and what is right."""

    REJECT = "reject"

    verdict = forms.ChoiceField(
        label=_("结论"),
        choices=[(value, _("成立:%(what)s") % {"what": label}) for value, label in Objection.Fault.choices] + [(REJECT, _("不成立"))],
        widget=forms.RadioSelect,
    )
    right = forms.DecimalField(
        label=_("正确的数值"),
        required=False,
        max_digits=18,
        decimal_places=6,
        help_text=_("数值有误填实际值,目标有误填目标值;其他不填"),
    )
    answer = write_text(_("答复"), help_text=SECRECY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ObjectionFilter(forms.Form):
    """What the list of objections shows."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    period = forms.ChoiceField(label=_("月份"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, *args: Any, periods: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("未办结")), ("late", _("超期未答复")), *Objection.State.choices, ("all", _("全部"))]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
        self.fields["period"].choices = [("", _("全部")), *((value, value) for value in periods)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("全部")), *units]  # type: ignore[attr-defined]
