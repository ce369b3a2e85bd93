"""The API's root: /api/v1/, with the routers of the contexts. Its description is /api/v1/openapi.json."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as Unreadable

from ronghe import VERSION
from ronghe.appraisal.api import router as pay
from ronghe.assessment.api import router as results
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.api import REFUSALS, list_troubles, refuse
from ronghe.figures.api import router as figures
from ronghe.operations.api import TokenAuth, TokenRate
from ronghe.org.api import router as org
from ronghe.org.standing import standing_of
from ronghe.worklist.api import router as tasks

api = NinjaAPI(
    title="融合",
    version=VERSION,
    urls_namespace="api",
    docs_url=None,
    auth=TokenAuth(),
    throttle=[TokenRate()],
    description="令牌在“我的账号 → 接口令牌”建立。拒绝的请求什么都不保存,问题逐条写在 problems 里。",
)


class Me(Schema):
    login: str
    name: str
    token: str
    scopes: list[str]
    posts: list[str]


@api.get("/me", response={200: Me, **REFUSALS}, tags=["令牌"], summary="我是谁、能做什么")
def show_me(request: HttpRequest) -> Any:
    """Whose token this is, and what it may."""
    token, standing = request.auth, standing_of(request.user)  # type: ignore[attr-defined]
    posts = [f"{post.unit_name} {post.title}" for post in standing.posts]
    return {"login": token.user.username, "name": standing.name, "token": token.name, "scopes": token.scopes, "posts": posts}


api.add_router("/org", org)
api.add_router("/figures", figures)
api.add_router("/results", results)
api.add_router("/pay", pay)
api.add_router("/tasks", tasks)


def answer(request: HttpRequest, status: int, *lines: tuple[str, str]) -> HttpResponse:
    return api.create_response(request, refuse(status, *lines).value, status=status)


@api.exception_handler(AuthenticationError)
def refuse_stranger(request: HttpRequest, problem: Any) -> HttpResponse:
    response = answer(request, 401, ("Authorization", _("没有令牌,或令牌已停用、过期。")))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Throttled)
def refuse_haste(request: HttpRequest, problem: Throttled) -> HttpResponse:
    response = answer(request, 429, ("", _("这一分钟调用得太多,请稍后再来。")))
    response["Retry-After"] = str(max(1, int(problem.wait or 60)))
    return response


@api.exception_handler(Unreadable)
def refuse_unreadable(request: HttpRequest, problem: Unreadable) -> HttpResponse:
    lines = [(".".join(str(part) for part in one.get("loc", ())[1:]), str(one.get("msg", ""))) for one in problem.errors]
    return answer(request, 422, *lines)


@api.exception_handler(HttpError)
def refuse_request(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return answer(request, problem.status_code, ("", str(problem)))


@api.exception_handler(PermissionDenied)
def refuse_right(request: HttpRequest, problem: Any) -> HttpResponse:
    return answer(request, 403, ("", str(problem) or _("您的岗位没有办理这件事的权限。")))


@api.exception_handler(Http404)
def refuse_missing(request: HttpRequest, problem: Any) -> HttpResponse:
    return answer(request, 404, ("", _("没有找到,或不在您能看的范围。")))


@api.exception_handler(StaleForm)
def refuse_stale(request: HttpRequest, problem: Any) -> HttpResponse:
    return answer(request, 409, ("", str(problem)))


@api.exception_handler(Refused)
def refuse_state(request: HttpRequest, problem: Refused) -> HttpResponse:
    return answer(request, 409, *list_troubles(problem))


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return answer(request, 422, *list_troubles(problem))
