"""What the lists of schemes and runs can be narrowed to."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ronghe.assessment.models import Run, SchemeVersion
from ronghe.common.calendar import today

FIRST, CORRECTION = "first", "correction"


def name_years(years: Iterable[int]) -> list[tuple[str, Any]]:
    return [(str(year), _("%(year)s年") % {"year": year}) for year in years]


class SchemeFilter(django_filters.FilterSet):
    """By name or code, state, and the year in which a version applies."""

    text = django_filters.CharFilter(label=_("名称或编码"), method="match_text", max_length=60)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=SchemeVersion.State.choices, empty_label=_("全部"))
    year = django_filters.ChoiceFilter(label=_("执行年份"), method="apply_in_year", empty_label=_("全部"))

    def __init__(self, *args: Any, area_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spans = SchemeVersion.objects.filter(area_id=area_id).exclude(valid_from="").values_list("valid_from", "valid_to")
        named = [int(text[:4]) for span in spans for text in span if text]
        years = range(max(*named, today().year), min(named) - 1, -1) if named else ()
        self.filters["year"].extra["choices"] = name_years(years)

    def match_text(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(Q(name__icontains=value.strip()) | Q(code__icontains=value.strip()))

    def apply_in_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        ended = Q(valid_to="") | Q(valid_to__gte=f"{value}-01")
        return rows.filter(ended, valid_from__gt="", valid_from__lte=f"{value}-12")


class RunFilter(django_filters.FilterSet):
    """By year, state, scheme version, and whether it corrects a published one."""

    year = django_filters.ChoiceFilter(label=_("年份"), method="in_year", empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=Run.State.choices, empty_label=_("全部"))
    kind = django_filters.ChoiceFilter(
        label=_("种类"), method="of_kind", choices=[(FIRST, _("首次计分")), (CORRECTION, _("更正"))], empty_label=_("全部")
    )
    scheme = django_filters.ChoiceFilter(label=_("方案"), field_name="scheme_id", empty_label=_("全部"))

    def __init__(self, *args: Any, area_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Run.objects.filter(area_id=area_id).order_by("period").values_list("period", flat=True).first()
        last = Run.objects.filter(area_id=area_id).order_by("-period").values_list("period", flat=True).first()
        years = range(int(last[:4]), int(first[:4]) - 1, -1) if first and last else ()
        self.filters["year"].extra["choices"] = name_years(years)
        used = SchemeVersion.objects.light().filter(area_id=area_id, state__in=SchemeVersion.SHOWN)
        self.filters["scheme"].extra["choices"] = [(str(row.pk), str(row)) for row in used]

    def in_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(period__startswith=f"{value}-")

    def of_kind(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(replaces__isnull=value == FIRST)
