"""Forms of 晾晒."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.coaching.models.displays import SCOPES


class DisplayForm(forms.Form):
    scope = forms.ChoiceField(label=_("给谁看"), choices=list(SCOPES.items()), initial="area")
    names = forms.BooleanField(
        label=_("写当月受表扬的个人姓名"), required=False,
        help_text=_("只有表扬可以写到个人;其余一律只写单位。本单位规定不许的不要选"),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("按哪个办法晾晒、给谁看、能不能写到个人,例如:《党小组考核评价办法》第几条")
    )
