"""What every context's `api.py` leans on: the scopes that a token may carry, the shape of a refusal, lists in pages.

An API call goes through the same actions and the same `visible_to(user)` as a page: a token can do less than its owner, never more.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Annotated, Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema, Status
from pydantic import Field, StringConstraints

SCOPES: Final = {
    "org:read": gettext_lazy("读取组织和人员"),
    "org:write": gettext_lazy("导入花名册"),
    "figures:read": gettext_lazy("读取填报要求和数值"),
    "figures:write": gettext_lazy("报送数值"),
    "results:read": gettext_lazy("读取考核结果"),
    "pay:read": gettext_lazy("读取绩效系数"),
    "tasks:read": gettext_lazy("读取本人待办"),
    "tasks:write": gettext_lazy("办结本人任务"),
}
MOST_ROWS: Final = 200

Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,60}$")]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
# no control characters: PostgreSQL takes no NUL, and nobody means the others
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]*$", max_length=300)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class Trouble(Schema):
    """One thing that is wrong, and where: a field, a cell ('B5'), or '' for the whole."""

    place: str
    message: str


class Troubles(Schema):
    """The answer to what was refused. Nothing was saved."""

    problems: list[Trouble]


REFUSALS: Final = {400: Troubles, 401: Troubles, 403: Troubles, 404: Troubles, 409: Troubles, 422: Troubles, 429: Troubles}


def refuse(status: int, *lines: tuple[str, str]) -> Status:
    return Status(status, {"problems": [{"place": place, "message": message} for place, message in lines]})


def list_troubles(problem: ValidationError) -> list[tuple[str, str]]:
    """Return an action's refusal as (field, message)."""
    if not hasattr(problem, "error_dict"):
        return [("", message) for message in problem.messages]
    fields = problem.message_dict.items()
    return [("" if field == NON_FIELD_ERRORS else field, message) for field, messages in fields for message in messages]


def needs(scope: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only tokens through that carry the scope; what the owner may do is the action's to say."""
    assert scope in SCOPES

    def guard(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if scope not in request.auth.scopes:  # type: ignore[attr-defined]
                raise PermissionDenied(_("这个令牌没有“%(scope)s”的范围。") % {"scope": SCOPES[scope]})
            return function(request, *args, **kwargs)

        return guarded

    return guard


def cut_page(rows: QuerySet[Any], limit: int, offset: int, write: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Return one page of a list, with the count of all of it."""
    return {"count": rows.count(), "items": [write(row) for row in rows[offset : offset + limit]]}


def write_number(value: Any) -> str | None:
    """Return a decimal as plain text ('12.50', never 1.25E+1): a JSON number would lose digits on its way."""
    return None if value is None else format(value, "f")


def write_all(rows: Iterable[Any], write: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    return [write(row) for row in rows]
