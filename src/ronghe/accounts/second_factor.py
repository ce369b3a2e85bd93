"""How allauth's second factor looks and is called here: settings point to these."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext as _

from ronghe.common.exports import name_reader


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the product, not its address, in the browser's window."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("融合")}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the person, so that the owner of several keys finds the right one."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": name_reader(user)}


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")
        self.fields["name"].help_text = _("如“办公室的密钥”,以后凭它认出是哪一把。")


class EditKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")
