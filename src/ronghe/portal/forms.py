"""What a shared photo is proof of."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.common.forms import SECRECY
from ronghe.common.registry import ProofPlace


class PhotoForm(forms.Form):
    """The photo, where it belongs, and a line about it."""

    photo = forms.FileField(
        label=gettext_lazy("照片"), help_text=SECRECY, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
    place = forms.ChoiceField(label=gettext_lazy("这张照片是哪一项的"), widget=forms.RadioSelect)
    line = forms.CharField(label=gettext_lazy("一句说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, places: list[tuple[str, ProofPlace]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["place"].choices = [(key, f"{place.kind} {place.title}") for key, place in places]  # type: ignore[attr-defined]

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo.size > settings.RONGHE_MAX_UPLOAD_BYTES:
            raise ValidationError(_("文件超过 %(limit)d MB 的上限。") % {"limit": settings.RONGHE_MAX_UPLOAD_BYTES // 1024 // 1024})
        return photo

    def add_error(self, field: Any, error: Any) -> None:
        """What an action says of a text or a material stands at the field that this form has for it."""
        names = {"text": "line", "materials": "photo"}
        super().add_error(names.get(field, field), error)

    def chosen(self) -> str:
        """Return the key that was chosen, for the form shown again."""
        return str(self.data.get("place", "")) if self.is_bound else ""
