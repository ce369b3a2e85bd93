"""Keeping, sharing and forgetting a way of looking at a list."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.actions import Refused, action, lock_row
from ronghe.lists.models import SavedView
from ronghe.lists.rules import choose_hidden, clean_query
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

MOST = 30


def owner_of(by: Any) -> Person:
    if standing_of(by).person_id is None:
        raise PermissionDenied
    person: Person = by.person
    return person


def check_page(page: str) -> registry.ListPage:
    found = registry.lists.get(page)
    if found is None:
        raise Refused(_("这个列表不能保存视图。"))
    return found


def check_name(owner: Person, page: str, name: str, *, known: int = 0) -> str:
    text = name.strip()[:30]
    if not text:
        raise ValidationError({"name": _("请给这个视图起个名字。")})
    if SavedView.objects.filter(owner=owner, page=page, name=text).exclude(pk=known).exists():
        raise ValidationError({"name": _("已有同名的视图。")})
    return text


def check_share(by: Any, unit: Unit | None) -> Unit | None:
    """Return the unit that a view may be shared with: one's own unit, one of one's posts, the own area."""
    if unit is None:
        return None
    standing = standing_of(by)
    if unit.pk not in {post.unit_id for post in standing.posts} | {standing.unit_id} | standing.readable_areas:
        raise ValidationError({"shared_with": _("只能共享给自己的单位或管理区。")})
    return unit


@action
def save_view(
    *,
    page: str,
    name: str,
    query: str,
    by: Any,
    shown: Sequence[str] | None = None,
    shared_with: Unit | None = None,
    is_default: bool = False,
) -> SavedView:
    """Keep the filters and the columns of a list under a name."""
    listed, owner = check_page(page), owner_of(by)
    Person.objects.select_for_update().get(pk=owner.pk)
    if SavedView.objects.filter(owner=owner, page=page).exclude(name="").count() >= MOST:
        raise Refused(_("一个列表最多存 %(n)d 个视图。") % {"n": MOST})
    hidden = find_hidden(listed, shown, owner, page)
    row = SavedView(owner=owner, page=page, name=check_name(owner, page, name), query=clean_query(query), hidden=hidden)
    return settle(row, shared_with=shared_with, is_default=is_default, by=by)


def find_hidden(listed: registry.ListPage, shown: Sequence[str] | None, owner: Person, page: str) -> list[str]:
    """Return the columns left out: as asked, else as last chosen."""
    if shown is not None:
        return choose_hidden([column.key for column in listed.columns], shown)
    choice = SavedView.objects.filter(owner=owner, page=page, name="").values_list("hidden", flat=True).first()
    return list(choice or [])


def settle(row: SavedView, *, shared_with: Unit | None, is_default: bool, by: Any) -> SavedView:
    """Save a view with whom it is shared and whether it is what the list opens with. Part of the caller's action."""
    before = row.shared_with
    row.shared_with = check_share(by, shared_with)
    if is_default:
        SavedView.objects.filter(owner=row.owner, page=row.page, is_default=True).exclude(pk=row.pk or 0).update(is_default=False)
    row.is_default = is_default
    row.save()
    if row.shared_with != before:
        verb = "共享列表视图" if row.shared_with is not None else "不再共享列表视图"
        record(by=by, verb=verb, obj=row, area_id=(row.shared_with or before).area_id, note=str(row.shared_with or before))  # type: ignore[union-attr]
    return row


def lock_own(row: SavedView, *, by: Any, version: int | None = None) -> SavedView:
    row = lock_row(row, version=version)
    if row.owner_id != owner_of(by).pk or not row.name:
        raise PermissionDenied
    return row


@action
def change_view(row: SavedView, *, name: str, by: Any, shared_with: Unit | None, is_default: bool, version: int | None = None) -> SavedView:
    """Call it otherwise, share it or no longer, open the list with it or no longer."""
    row = lock_own(row, by=by, version=version)
    row.name = check_name(row.owner, row.page, name, known=row.pk)
    return settle(row, shared_with=shared_with, is_default=is_default, by=by)


@action
def remove_view(row: SavedView, *, by: Any) -> None:
    """Forget it; for those with whom it was shared too. No record of the business is in it."""
    row = lock_own(row, by=by)
    if row.shared_with is not None:
        record(by=by, verb="不再共享列表视图", obj=row, area_id=row.area_id, note=str(row.shared_with))
    row.delete()


@action
def choose_columns(*, page: str, shown: Sequence[str], by: Any) -> SavedView:
    """Remember which columns of a list somebody looks at."""
    listed, owner = check_page(page), owner_of(by)
    hidden = choose_hidden([column.key for column in listed.columns], shown)
    row, _made = SavedView.objects.update_or_create(owner=owner, page=page, name="", defaults={"hidden": hidden})
    return row
