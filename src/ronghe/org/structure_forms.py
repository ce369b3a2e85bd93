"""Forms of the structure: units, tracks, party organisations, posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.org.forms import date_field
from ronghe.org.kinds import ADMINISTRATORS, LEADERS, POST_TITLES
from ronghe.org.models import Membership, PartyOrg, Person, Track, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.rules import fits_scope, split_names

SINCE = _("从这一天起,按月考核以当月最后一天为准")


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AliasesField(forms.CharField):
    """Names separated by commas or 、, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return split_names(super().clean(value))


class NewUnitForm(forms.Form):
    """A unit below a plant (a 管理区) or below a 管理区 (班站, 组室)."""

    kind = forms.ChoiceField(label=_("类别"))
    name = forms.CharField(label=_("名称"), max_length=60)
    code = forms.CharField(label=_("编码"), max_length=40, help_text=_("字母、数字、- 和 _;定了就不再改,表格和接口按它认单位"))
    aliases = AliasesField(label=_("别名"), required=False, max_length=300, help_text=_("表格里可能出现的其他叫法,用顿号隔开"))
    opened_on = date_field(_("设立日期"), initial=today)
    track: Any = forms.ModelChoiceField(label=_("赛道"), queryset=Track.objects.none(), required=False, help_text=_("不参加排名的留空"))
    group = forms.BooleanField(label=_("同时建立党小组"), required=False, initial=True)

    def __init__(self, *args: Any, parent: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [Unit.Kind.AREA] if parent.kind == Unit.Kind.PLANT else [Unit.Kind.STATION, Unit.Kind.OFFICE]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if parent.kind == Unit.Kind.PLANT:
            del self.fields["track"], self.fields["group"]
        else:
            self.fields["track"].queryset = Track.objects.filter(area=parent.area)  # type: ignore[attr-defined]


class UnitForm(VersionForm):
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("旧名称自动留作别名,原来的表格照样认得"))
    aliases = AliasesField(label=_("别名"), required=False, max_length=300)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=9999)


class LastDayForm(VersionForm):
    last_day = date_field(_("最后一天"), initial=today)


class MoveForm(VersionForm):
    area: Any = forms.ModelChoiceField(label=_("划入的管理区"), queryset=Unit.objects.none())
    code = forms.CharField(label=_("在那里的编码"), max_length=40)
    first_day = date_field(_("划转日期"), initial=today, help_text=_("这一天起属于新的管理区;此前的数据留在原管理区"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class PlaceForm(VersionForm):
    track: Any = forms.ModelChoiceField(label=_("赛道"), queryset=Track.objects.none())
    valid_from = date_field(_("起日"), initial=today, help_text=SINCE)

    def __init__(self, *args: Any, area_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].queryset = Track.objects.filter(area_id=area_id)  # type: ignore[attr-defined]


class NewTrackForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    code = forms.CharField(label=_("编码"), max_length=40, help_text=_("考核方案按它认赛道,定了就不再改"))


class TrackForm(VersionForm):
    name = forms.CharField(label=_("名称"), max_length=60)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=9999)


class GroupForm(forms.Form):
    name = forms.CharField(label=_("党小组名称"), max_length=60)


class PartyForm(VersionForm):
    name = forms.CharField(label=_("名称"), max_length=60)


class JoinForm(forms.Form):
    person: Any = forms.ModelChoiceField(label=_("党员"), queryset=Person.objects.none())
    status = forms.ChoiceField(label=_("类别"), choices=Membership.Status.choices)
    valid_from = date_field(_("起日"), initial=today, help_text=_("原来在别的党小组的,那边到前一天为止"))

    def __init__(self, *args: Any, group: PartyOrg, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(area_id=group.area_id, left_on=None).select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: f"{person.name} · {person.unit.name} · {person.number}"  # type: ignore[attr-defined]


class ConfirmMemberForm(VersionForm):
    valid_from = date_field(_("转正日期"), initial=today)


class NewPostForm(forms.Form):
    kind = forms.ChoiceField(label=_("岗位类别"), help_text=_("权限由类别来;名称可以按本单位的叫法"))
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False, help_text=_("留空 = 制度包里的名称"))

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            kind for kind in read_organisation().posts.values() if fits_scope(kind.scope, unit.kind) and kind.code not in ADMINISTRATORS
        ]
        self.fields["kind"].choices = [(kind.code, POST_TITLES[kind.code]) for kind in kinds if kind.code in POST_TITLES]  # type: ignore[attr-defined]


class PostForm(VersionForm):
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    committee = forms.MultipleChoiceField(label=_("支委职务"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in LEADERS:
            self.fields["committee"].choices = list(read_organisation().committee.items())  # type: ignore[attr-defined]
        else:
            del self.fields["committee"]


class RosterForm(forms.Form):
    accounts = forms.BooleanField(label=_("同时给每个人开立账号"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput)
