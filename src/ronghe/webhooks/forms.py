"""Forms of 事件推送."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common import registry


class SubscriptionForm(forms.Form):
    name = forms.CharField(label=_("给哪个系统"), max_length=60, help_text=_("如 生产指挥系统。涉密不上网。"))
    url = forms.CharField(label=_("网址"), max_length=300, widget=forms.URLInput, help_text=_("接收事件的地址,https:// 开头"))
    scope: Any = forms.ModelChoiceField(label=_("范围"), queryset=None, empty_label=None)
    events = forms.MultipleChoiceField(label=_("事件"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scopes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = scopes  # type: ignore[attr-defined]
        self.fields["events"].choices = [(code, f"{kind.title}({code})") for code, kind in registry.events.items()]  # type: ignore[attr-defined]


class ChangeForm(SubscriptionForm):
    """The part of the tree stays: another part is another subscription."""

    def __init__(self, *args: Any, scopes: Any, **kwargs: Any) -> None:
        super().__init__(*args, scopes=scopes, **kwargs)
        del self.fields["scope"]
