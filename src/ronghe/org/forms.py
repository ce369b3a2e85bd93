"""Forms of the organisation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.org.models import Person, Post, Unit


def date_field(label: Any, **extra: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **extra)


class PersonField(forms.ChoiceField):
    """Chooses a person from those offered; an empty choice gives None. People are offered from one list that is read once."""

    people: dict[str, Person]

    def __init__(self, *, empty: Any = "", **kwargs: Any) -> None:
        self.people, self.empty = {}, empty
        super().__init__(**kwargs)

    def offer(self, people: Iterable[Person]) -> None:
        self.people = {str(person.pk): person for person in people}
        self.choices = [("", self.empty or "---------"), *((pk, self.name_person(person)) for pk, person in self.people.items())]

    def name_person(self, person: Person) -> str:
        return f"{person.name}({person.unit.name})"

    def clean(self, value: Any) -> Person | None:
        return self.people.get(super().clean(value))


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=30)
    number = forms.CharField(label=_("工号"), max_length=20)
    unit: Any = forms.ModelChoiceField(label=_("所在单位"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PersonEditForm(PersonForm):
    number = None  # type: ignore[assignment]
    sort_key = forms.CharField(label=_("排序拼音"), max_length=80, required=False, help_text=_("多音字姓氏请在这里更正,如 单 → shan"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AppointForm(forms.Form):
    post = forms.ModelChoiceField(label=_("岗位"), queryset=Post.objects.none())
    valid_from = date_field(_("起日"), initial=today)
    valid_to = date_field(_("止日"), required=False, help_text=_("留空 = 一直任职"))
    acting = forms.BooleanField(label=_("代理"), required=False)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["post"].label_from_instance = lambda post: f"{post.title} · {post.unit.name}"  # type: ignore[attr-defined]


class EndForm(forms.Form):
    last_day = date_field(_("最后一天"), initial=today)


class AccountForm(forms.Form):
    username = forms.CharField(label=_("登录名"), max_length=60)


class PeopleFilter(forms.Form):
    text = forms.CharField(label=_("姓名、拼音或工号"), required=False, max_length=30)
    unit: Any = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def suggest_username(person: Person) -> str:
    """Return the usual login name: the name in pinyin without blanks."""
    return person.sort_key.replace(" ", "")
