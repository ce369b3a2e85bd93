"""Forms of the handbook and the targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.goals.models import Indicator
from ronghe.goals.rules import print_number, split_names
from ronghe.org.models import Track, Unit
from ronghe.org.packs import read_organisation

MONTH: dict[str, Any] = {"regex": r"^\d{4}-(0[1-9]|1[0-2])$", "widget": forms.DateInput(attrs={"type": "month"})}


class IndicatorFilter(forms.Form):
    text = forms.CharField(label=_("名称、编码或别名"), required=False, max_length=40)
    side = forms.ChoiceField(label=_("党建或业务"), required=False, choices=[("", _("全部")), *Indicator.Side.choices])
    track = forms.ChoiceField(label=_("赛道"), required=False)
    reporter = forms.ChoiceField(label=_("填报单位"), required=False)

    def __init__(self, *args: Any, tracks: list[tuple[str, str]], offices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [("", _("全部")), *tracks]  # type: ignore[attr-defined]
        self.fields["reporter"].choices = [("", _("全部")), ("own", _("各班站自报")), *offices]  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """Which unit reports the columns of each office of the handbook; none: every station its own."""

    def __init__(self, *args: Any, area: Unit, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(area=area, closed_on=None).order_by("order", "code")
        offices = read_organisation().offices
        for code in codes:
            name, describe = offices.get(code, (code, ""))
            self.fields[code] = forms.ModelChoiceField(units, label=name, help_text=describe, required=False, empty_label=_("各班站自报"))

    def chosen(self) -> dict[str, Unit]:
        """Return office code → unit of those that were chosen."""
        return {code: unit for code, unit in self.cleaned_data.items() if unit is not None}


class IndicatorForm(forms.ModelForm):
    """An indicator as it is kept. The action saves; this form only checks what was typed."""

    aliases = forms.CharField(label=_("别名"), required=False, max_length=300, help_text=_("表格里可能出现的其他叫法,用逗号或顿号隔开"))
    tracks = forms.MultipleChoiceField(
        label=_("适用赛道"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("都不选 = 全部赛道")
    )
    valid_from = forms.RegexField(label=_("起始月"), **MONTH)
    valid_to = forms.RegexField(label=_("终止月"), required=False, help_text=_("空 = 一直有效"), **MONTH)

    class Meta:
        model = Indicator
        fields = [
            "name", "aliases", "unit_text", "decimals", "direction", "kind", "side", "input", "definition", "source", "basis", "evidence",
            "tracks", "reported_by", "needs_target", "plausible_low", "plausible_high", "rhythm", "rollup", "rollup_weight", "order", "valid_from",
            "valid_to",
        ]  # fmt: skip
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"definition": SECRECY}
        labels = {"order": _("次序")}

    def __init__(self, *args: Any, area: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Unit.objects.filter(area=area, closed_on=None).exclude(pk=area.pk)
        self.fields["reported_by"].queryset = offices  # type: ignore[attr-defined]
        self.fields["tracks"].choices = list(Track.objects.filter(area=area).values_list("code", "name"))  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("plausible_low", "plausible_high"):
                self.initial[name] = print_number(getattr(self.instance, name))
            self.initial["aliases"] = "、".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        return split_names(self.cleaned_data["aliases"])


class NewIndicatorForm(IndicatorForm):
    code = forms.CharField(label=_("编码"), max_length=40, help_text=_("小写字母开头,如 oil;方案和表格靠它认指标,登记后不再改"))
    field_order = ["code"]


class ChangeIndicatorForm(IndicatorForm):
    reason = forms.CharField(label=_("修改原因"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TargetFilter(forms.Form):
    period = forms.RegexField(label=_("月份"), required=False, **MONTH)
    side = forms.ChoiceField(label=_("党建或业务"), required=False, choices=[("", _("全部")), *Indicator.Side.choices])
    part = forms.ChoiceField(label=_("填写"), required=False, choices=[("", _("目标值")), ("base", _("基数"))])
