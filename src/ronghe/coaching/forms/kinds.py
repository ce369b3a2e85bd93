"""The form of a kind of measure."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.coaching.models.kinds import DECIDERS
from ronghe.coaching.rules.kinds import GROUNDS, LEVELS, TONES, WAYS
from ronghe.common.forms import SECRECY


class KindForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=30)
    tone = forms.ChoiceField(label=_("性质"), choices=list(TONES.items()))
    way = forms.ChoiceField(label=_("怎样落实"), choices=list(WAYS.items()))
    levels = forms.MultipleChoiceField(label=_("对谁用"), choices=list(LEVELS.items()), widget=forms.CheckboxSelectMultiple)
    deciders = forms.MultipleChoiceField(
        label=_("谁可以决定"), choices=DECIDERS, widget=forms.CheckboxSelectMultiple, help_text=_("班站长只能对本单位的人和事")
    )
    demand = forms.CharField(
        label=_("要求做什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不得是纪律处分换个名称。涉密不上网。")
    )
    days = forms.IntegerField(label=_("多少天内落实"), min_value=1, max_value=365)
    follow_days = forms.CharField(label=_("落实后第几天回访"), max_length=40, required=False, help_text=_("如 30,60;留空不回访"))
    quiet_days = forms.IntegerField(label=_("有结论后多少天内不重复建议"), min_value=0, max_value=730)
    basis = forms.CharField(label=_("依据"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (name, meaning, usual, _chief) in GROUNDS.items():
            self.fields[f"g_{code}"] = forms.CharField(
                label=f"{name}时建议", required=False, max_length=6, help_text=f"{meaning},如 {usual};留空不按这个情形建议",
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip

    def clean_follow_days(self) -> list[int]:
        text = self.cleaned_data["follow_days"].strip()
        parts = [part for part in re.split(r"[,,、\s]+", text) if part]
        if any(not (part.isascii() and part.isdigit() and len(part) < 4) for part in parts):
            raise forms.ValidationError(_g("请写成天数,用逗号分开,如 30,60。"))
        return [int(part) for part in parts]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        grounds = []
        for code in GROUNDS:
            text = (values.pop(f"g_{code}", "") or "").strip()
            if not text:
                continue
            try:
                limit = Decimal(text)
            except InvalidOperation:
                limit = Decimal(0)
            if not limit.is_finite() or limit <= 0 or limit > 9999:
                self.add_error(f"g_{code}", _g("请写大于 0 的数。"))
            else:
                grounds.append({"code": code, "limit": f"{limit:f}"})
        values["grounds"] = grounds
        return values


class ReviseForm(KindForm):
    reason = forms.CharField(label=_("修订原因"), max_length=200)


class RetireForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=SECRECY)


def initial_of(kind: Any) -> dict[str, Any]:
    """Return what the form shows of a kind."""
    names = ("name", "tone", "way", "levels", "deciders", "demand", "days", "quiet_days", "basis")
    grounds = {f"g_{one['code']}": one["limit"] for one in kind.grounds}
    return {**{name: getattr(kind, name) for name in names}, "follow_days": ",".join(map(str, kind.follow_days)), **grounds}
