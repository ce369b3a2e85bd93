"""The door of the API: who calls, how often, and once only."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Status
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from ronghe.common.api import refuse
from ronghe.common.calendar import now
from ronghe.operations.models import ApiAnswer, ApiToken
from ronghe.operations.tokens import find_token

HEADER = "Idempotency-Key"
# a call that its process did not survive may be made again after this
GIVEN_UP = timedelta(minutes=10)


class TokenAuth(HttpBearer):
    """`Authorization: Bearer rh_…`; from here on the request is its owner's."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = find_token(token)
        if found is not None:
            request.user = found.user
        return found


class TokenRate(SimpleRateThrottle):
    """So many calls a minute for one token, counted for all worker processes."""

    scope = "api"

    def __init__(self) -> None:
        super().__init__(settings.RONGHE_API_RATE)

    def allow_request(self, request: HttpRequest) -> bool:
        self.num_requests, self.duration = self.parse_rate(settings.RONGHE_API_RATE)
        return bool(super().allow_request(request))

    def get_cache_key(self, request: HttpRequest) -> str | None:
        token = getattr(request, "auth", None)
        return f"api-{token.pk}" if isinstance(token, ApiToken) else None


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Carry out a call with an Idempotency-Key once: the same key and body get the first answer again."""

    @wraps(function)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER, "")
        if not key:
            return function(request, *args, **kwargs)
        if len(key) > 64 or not key.isprintable():
            return refuse(422, (HEADER, _("1 到 64 个可见字符。")))
        digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
        row, earlier = claim(request.auth, key, digest)  # type: ignore[attr-defined]
        if earlier is not None:
            return earlier
        try:
            answer = function(request, *args, **kwargs)
        except BaseException:
            ApiAnswer.objects.filter(pk=row.pk).delete()
            raise
        if isinstance(answer, Status):  # refused: the key is free for the corrected call
            ApiAnswer.objects.filter(pk=row.pk).delete()
            return answer
        ApiAnswer.objects.filter(pk=row.pk).update(status=200, body=json.dumps(answer, cls=DjangoJSONEncoder, ensure_ascii=False))
        return answer

    return guarded


def claim(token: ApiToken, key: str, digest: str) -> tuple[ApiAnswer, Any]:
    """Take the key for this call, or return what answers it: the first answer, or why there is none."""
    ApiAnswer.objects.filter(token=token, key=key, status=0, at__lt=now() - GIVEN_UP).delete()
    row, made = get_or_make(token, key, digest)
    if made:
        return row, None
    if row.digest != digest:
        return row, refuse(422, (HEADER, _("这个键已经用于另一个请求。")))
    if row.status == 0:
        return row, refuse(409, (HEADER, _("同一个请求正在办理,请稍后用同一个键再问。")))
    answer = HttpResponse(row.body, status=row.status, content_type="application/json; charset=utf-8")
    answer["Idempotent-Replayed"] = "true"
    return row, answer


def get_or_make(token: ApiToken, key: str, digest: str) -> tuple[ApiAnswer, bool]:
    try:
        return ApiAnswer.objects.get_or_create(token=token, key=key, defaults={"digest": digest})
    except IntegrityError:
        return ApiAnswer.objects.get(token=token, key=key), False
