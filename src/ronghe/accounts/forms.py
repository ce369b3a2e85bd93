"""Forms about one's own account."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.accounts.rules import is_own_mail


class EmailForm(forms.Form):
    """Where reminders are mailed. Empty means: no mails."""

    email = forms.EmailField(
        label=gettext_lazy("提醒邮箱"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("待办提醒同时发到这个邮箱,留空则不发邮件。请填单位邮箱;邮件里有事项名称和链接,涉密不上网。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        if email and not is_own_mail(email, settings.RONGHE_MAIL_DOMAINS):
            raise ValidationError(_("请填单位邮箱(%(domains)s)。") % {"domains": "、".join(settings.RONGHE_MAIL_DOMAINS)})
        return email
