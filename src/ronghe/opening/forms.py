"""The reason why a step is not needed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY


class SkipForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么不需要"), max_length=200, min_length=4, help_text=SECRECY, widget=forms.Textarea(attrs={"rows": 3})
    )
