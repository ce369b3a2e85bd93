"""Reads of 收发文."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ronghe.archive.models import Dispatch, Register
from ronghe.common.papers import Content, Paper
from ronghe.common.registry import Hit


def list_dispatches(user: Any, *, direction: str = "", year: int | None = None, text: str = "") -> QuerySet[Dispatch]:
    rows = Dispatch.objects.visible_to(user).select_related("register", "handler")
    if direction in Register.Direction.values:
        rows = rows.filter(register__direction=direction)
    if year:
        rows = rows.filter(year=year)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(other_side__icontains=text))
    return rows


def page_of(pk: int) -> str:
    return reverse("archive:dispatch", args=[pk])


def search_dispatches(user: Any, query: str, limit: int) -> list[Hit]:
    rows = list_dispatches(user, text=query)[:limit]
    return [Hit("收发文", row.title, row.number, page_of(row.pk)) for row in rows]


def list_waiting(user: Any) -> QuerySet[Dispatch]:
    """Return what waits for this reader, for the menu's count."""
    return Dispatch.objects.visible_to(user).filter(state=Dispatch.State.WAITING, handler__user_id=user.pk)


def find_papers(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Dispatch.objects.visible_to(user).filter(area_id=area_id, day__range=(first, last)).order_by("day", "pk")
    return [
        Paper("archive.dispatch", row.pk, str(row), row.day, None, "", page_of(row.pk), row.state != Dispatch.State.WAITING) for row in rows
    ]


def read_papers(user: Any, pks: list[int]) -> dict[int, Content]:
    rows = Dispatch.objects.visible_to(user).filter(pk__in=pks).select_related("register", "handler", "registered_by")
    return {
        row.pk: Content(
            fields=[
                ("文号", row.number), ("标题", row.title), ("登记簿", row.register.name), ("收发日期", row.day),
                ("来文单位或主送单位", row.other_side), ("来文字号", row.their_number), ("承办人", row.handler.name if row.handler else ""),
                ("状态", row.get_state_display()), ("办理结果", row.result), ("登记人", row.registered_by.name),
            ]
        )
        for row in rows
    }  # fmt: skip
