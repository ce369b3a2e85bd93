"""Forms of 溯源."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.tracing.models import Tracing
from ronghe.tracing.rules import BARRIERS, MOST_WHYS, STATES

EVERY = ("", _("全部"))


class StartForm(forms.Form):
    subject = forms.ChoiceField(label=_("是哪方面的问题"), choices=Tracing.Subject.choices)
    near_miss = forms.BooleanField(label=_("未遂事件(差一点出事)"), required=False, help_text=_("主动上报的未遂是好事,不追究上报人"))


class CauseForm(forms.Form):
    """The whys one below the other, a state for each barrier, the cure at the source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_WHYS + 1):
            label = _g("为什么会发生") if n == 1 else _g("又为什么(第 %(n)d 层)") % {"n": n}
            self.fields[f"why{n}"] = forms.CharField(label=label, max_length=300, required=False)
        for name, label in BARRIERS.items():
            choices = [("", "—"), *STATES.items()]
            self.fields[f"barrier_{name}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["at_source"] = forms.CharField(
            label=_g("源头上怎样治理"), max_length=500, help_text=_g("改设备、改工艺、改制度,不只是处理现场。涉密不上网。")
        )
        self.fields["near_miss"] = forms.BooleanField(label=_g("未遂事件(差一点出事)"), required=False)

    def read(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "whys": [values[f"why{n}"] for n in range(1, MOST_WHYS + 1)],
            "barriers": {name: values[f"barrier_{name}"] for name in BARRIERS},
            "at_source": values["at_source"],
            "near_miss": values["near_miss"],
        }


class ChangeForm(forms.Form):
    chosen = forms.ChoiceField(label=_("改了哪一条"), help_text=_("只列出问题提出以后改过的;没有就先去改,再回来登记"))

    def __init__(self, *args: Any, amended: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(f"{one.label}|{one.key}", one.name) for one in amended]  # type: ignore[attr-defined]


class NoChangeForm(forms.Form):
    reason = forms.CharField(label=_("为什么不用改清单、指南、职责"), max_length=300)


class ReleaseForm(forms.Form):
    reason = forms.CharField(label=_("为什么不算安全、环保或质量问题"), max_length=300)


class TracingFilter(forms.Form):
    subject = forms.ChoiceField(label=_("领域"), required=False, choices=[EVERY, *Tracing.Subject.choices])
    show = forms.ChoiceField(
        label=_("显示"),
        required=False,
        choices=[EVERY, ("open", _("未销号")), ("waiting", _("还没有查原因")), ("near", _("未遂事件")), ("recurred", _("重复发生"))],
    )
