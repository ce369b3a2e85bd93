"""The company's OpenID Connect provider, by configuration: allauth's, with what it leaves out.

allauth takes an ID token that came over the direct line without looking at its signature, and sends no nonce. In an intranet the direct line may be
plain HTTP behind a proxy, so here the signature is checked against the provider's keys, the issuer is the configured one, the nonce must be ours,
and PKCE is always used. allauth finds this module by its name (`<app>.provider`).
"""

import json
import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ID = "company"
# asymmetric only: with a shared secret, whoever has it could be anybody
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
LEEWAY = 60


class CompanyAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != self.get_provider().app.settings["issuer"].rstrip("/"):
            raise OAuth2Error("the provider calls itself otherwise than configured")
        return config

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Read who it is from the ID token; from userinfo what it adds, where that is asked for and speaks of the same person."""
        text = kwargs["response"].get("id_token")
        if not text:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, text)
        if app.settings.get("userinfo"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
            claims = {**more, **claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("the token is not signed as it should be")
            with get_adapter().get_requests_session() as session:
                answer = session.get(self.openid_config["jwks_uri"])
                answer.raise_for_status()
                keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            found = [key for key in keys if header.get("kid") in (None, key.key_id)]
            if len(found) != 1:
                raise OAuth2Error("no key of this name")
            claims: dict[str, Any] = jwt.decode(
                id_token, found[0].key, algorithms=[header["alg"]], audience=app.client_id, issuer=self.openid_config["issuer"],
                leeway=LEEWAY, options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )  # fmt: skip
        except (jwt.PyJWTError, json.JSONDecodeError, KeyError) as problem:
            raise OAuth2Error("the token is not genuine") from problem
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the token is for another system")
        return claims

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("company_callback"))


class CompanyProvider(OpenIDConnectProvider):
    id = ID
    name = "OpenID Connect"
    pkce_enabled_default = True
    oauth2_adapter_class = CompanyAdapter
    supports_token_authentication = False

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("company_login")

    def get_callback_url(self) -> str:
        return reverse("company_callback")

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """Take nothing from the address: what is asked of the provider is configured."""
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any) -> HttpResponse:
        """Send the browser there with a nonce that only this session knows."""
        nonce = secrets.token_urlsafe(24)
        params = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs)


provider_classes = [CompanyProvider]
