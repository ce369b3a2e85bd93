"""Forms of 列表视图."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ViewForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=30, help_text=_("涉密不上网。"))
    shared_with: Any = forms.ModelChoiceField(label=_("共享给"), queryset=None, required=False, empty_label=_("只有自己"))
    is_default = forms.BooleanField(label=_("打开这个列表就用它"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = units  # type: ignore[attr-defined]
