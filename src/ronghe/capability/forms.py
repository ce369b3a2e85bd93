"""Forms of 能力."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.capability.models import Certificate, Quiz, Requirement, Role, Step, Successor
from ronghe.capability.rules import LEVELS
from ronghe.common.calendar import today
from ronghe.common.forms import area_text
from ronghe.org.forms import PersonField, date_field


class RequirementForm(forms.Form):
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    kind = forms.ChoiceField(label=_("类别"), choices=Requirement.Kind.choices)
    name = forms.CharField(label=_("要求"), max_length=80, help_text=_("证书写全称;年度学时的名称里有“党”字的只算党建课"))
    need = forms.IntegerField(
        label=_("程度或学时"),
        min_value=1,
        max_value=400,
        initial=1,
        help_text=_("知识、经历:1 了解 2 能做 3 熟练 4 能教别人;学时写数;证书写 1"),
    )
    basis = forms.CharField(label=_("依据"), max_length=300)


class LevelForm(forms.Form):
    name = forms.ChoiceField(label=_("评什么"))
    level = forms.TypedChoiceField(label=_("程度"), choices=list(LEVELS.items()), coerce=int)
    evidence = forms.CharField(label=_("依据什么"), max_length=300, help_text=_("做过什么、考过什么;本人看得到"))

    def __init__(self, *args: Any, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(one, one) for one in names]  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    name = forms.CharField(label=_("证书"), max_length=80, help_text=_("和任职标准里的名称一致才算"))
    number = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    issued_on = date_field(_("发证日期"))
    expires_on = date_field(_("有效期至"), required=False, help_text=_("长期有效留空"))
    replaces: Any = forms.ModelChoiceField(
        label=_("换的是哪一张"), queryset=Certificate.objects.none(), required=False, empty_label=_("新取的证")
    )

    scan = forms.FileField(
        label=_("扫描件"), required=False, help_text=_("图片或 PDF,可以不传;和证书一样,只有本人和管您的人看得到。涉密不上网。")
    )

    def __init__(self, *args: Any, held: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = held  # type: ignore[attr-defined]


class AimForm(forms.Form):
    role = forms.ChoiceField(label=_("目标岗位"), choices=[("", _("没有")), *Role.choices], required=False)


class StepForm(forms.Form):
    gap = forms.CharField(label=_("补什么"), max_length=80)
    way = forms.ChoiceField(label=_("怎么补"), choices=Step.Way.choices)
    text = forms.CharField(label=_("具体安排"), max_length=300)
    mentor = PersonField(label=_("带教人"), required=False, help_text=_("师带徒必填"))
    due = date_field(_("期限"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].offer(people)  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    result = forms.CharField(label=_("结果"), max_length=300)


class SuccessorForm(forms.Form):
    person = PersonField(label=_("后备人选"))
    ready = forms.ChoiceField(label=_("何时能接"), choices=Successor.Ready.choices)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class QuizForm(forms.ModelForm):
    starts_on = date_field(pgettext_lazy("date", "起"), initial=today)
    ends_on = date_field(_("止"))

    class Meta:
        model = Quiz
        fields = ["bank", "name", "count", "pass_mark", "starts_on", "ends_on"]

    def __init__(self, *args: Any, banks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = banks  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action saves; the form only reads."""


class PracticeForm(forms.Form):
    name = forms.CharField(label=_("实操项目"), max_length=80)
    steps = area_text(_("步骤"), rows=8, help_text=_("一行一步。涉密不上网。"))
    basis = forms.CharField(label=_("依据"), max_length=300)
    shows = forms.ChoiceField(label=_("合格证明哪项能力"), required=False, help_text=_("选了的,实操合格就算达到,针对它的提升计划随之完成"))
    level = forms.TypedChoiceField(label=_("达到什么程度"), choices=list(LEVELS.items())[1:], coerce=int, initial=2)

    def __init__(self, *args: Any, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows"].choices = [("", _("不对应")), *((one, one) for one in names)]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    person = PersonField(label=_("谁"))
    done = forms.MultipleChoiceField(label=_("做对的步骤"), widget=forms.CheckboxSelectMultiple, required=False)
    note = forms.CharField(label=_("哪里要改进"), max_length=300, required=False, help_text=_("没有全对的必填;本人看得到"))

    def __init__(self, *args: Any, people: Any, steps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]
        self.fields["done"].choices = [(str(place), text) for place, text in enumerate(steps)]  # type: ignore[attr-defined]

    def clean_done(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["done"]]
