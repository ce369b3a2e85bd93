"""A small conforming OpenID Connect provider for the tests, over HTTP on this machine: oauthlib's server, keys of its own, one person at its desk."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauthlib.openid import RequestValidator, Server

CLIENT, SECRET = "ronghe", "client-secret"


def make_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Desk(RequestValidator):
    """What oauthlib asks; codes are good once, for the redirect address and verifier that they were made with."""

    def __init__(self, provider):
        self.provider, self.codes, self.tokens = provider, {}, {}
        super().__init__()

    # at the front
    def validate_client_id(self, client_id, request, *args, **kwargs):
        return client_id == CLIENT

    def validate_redirect_uri(self, client_id, redirect_uri, request, *args, **kwargs):
        return redirect_uri.endswith("/accounts/oidc/login/callback/")

    def validate_response_type(self, client_id, response_type, client, request, *args, **kwargs):
        return response_type == "code"

    def validate_scopes(self, client_id, scopes, client, request, *args, **kwargs):
        return set(scopes) <= {"openid", "profile", "email"}

    def is_pkce_required(self, client_id, request):
        return True

    def validate_silent_login(self, request):
        return True

    def validate_silent_authorization(self, request):
        return True

    def validate_user_match(self, id_token_hint, scopes, claims, request):
        return True

    def save_authorization_code(self, client_id, code, request, *args, **kwargs):
        self.codes[code["code"]] = {
            "redirect_uri": request.redirect_uri, "scopes": request.scopes, "nonce": request.nonce, "challenge": request.code_challenge,
            "method": request.code_challenge_method,
        }  # fmt: skip

    # at the back
    def authenticate_client(self, request, *args, **kwargs):
        given = request.headers.get("Authorization", "")
        pair = base64.b64decode(given[6:]).decode() if given.startswith("Basic ") else f"{request.client_id}:{request.client_secret}"
        request.client = type("Client", (), {"client_id": CLIENT})()
        return pair == f"{CLIENT}:{SECRET}"

    def validate_code(self, client_id, code, client, request, *args, **kwargs):
        kept = self.codes.get(code)
        if kept is None:
            return False
        request.scopes, request.user = kept["scopes"], "desk"
        return True

    def confirm_redirect_uri(self, client_id, code, redirect_uri, client, request, *args, **kwargs):
        return self.codes[code]["redirect_uri"] == redirect_uri

    def validate_grant_type(self, client_id, grant_type, client, request, *args, **kwargs):
        return grant_type == "authorization_code"

    def get_code_challenge(self, code, request):
        return self.codes[code]["challenge"]

    def get_code_challenge_method(self, code, request):
        return self.codes[code]["method"]

    def invalidate_authorization_code(self, client_id, code, request, *args, **kwargs):
        self.provider.verifiers.append(request.code_verifier)
        del self.codes[code]

    def get_authorization_code_scopes(self, client_id, code, redirect_uri, request):
        return self.codes[code]["scopes"]

    def get_authorization_code_nonce(self, client_id, code, redirect_uri, request):
        return self.codes[code]["nonce"]

    def save_bearer_token(self, token, request, *args, **kwargs):
        self.tokens[token["access_token"]] = True

    def finalize_id_token(self, id_token, token, token_handler, request):
        claims = {**id_token, "iss": self.provider.issuer, "exp": int(time.time()) + 300, "sub": "s-1", **self.provider.claims}
        return jwt.encode(claims, self.provider.signs_with, algorithm="RS256", headers={"kid": "k1"})

    def get_default_scopes(self, client_id, request, *args, **kwargs):
        return ["openid"]


class Provider:
    """`claims` are those of whoever sits at the desk; `signs_with` may be another key than the one that is published."""

    def __init__(self):
        self.key = self.signs_with = make_key()
        self.claims, self.userinfo, self.verifiers, self.asked = {}, {}, [], []
        self.desk = Desk(self)
        self.server = Server(self.desk)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.get(self)

            def do_POST(self):
                outer.post(self)

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def get(self, handler):
        path = urlsplit(handler.path)
        if path.path == "/.well-known/openid-configuration":
            return self.answer(handler, {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo", "jwks_uri": f"{self.issuer}/keys", "response_types_supported": ["code"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"], "code_challenge_methods_supported": ["S256"],
            })  # fmt: skip
        if path.path == "/keys":
            key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return self.answer(handler, {"keys": [{**key, "kid": "k1", "use": "sig", "alg": "RS256"}]})
        if path.path == "/userinfo":
            return self.answer(handler, self.userinfo)
        self.asked.append({name: values[0] for name, values in parse_qs(path.query).items()})
        uri = f"{self.issuer}{handler.path}"
        scopes, credentials = self.server.validate_authorization_request(uri)
        headers, _body, status = self.server.create_authorization_response(uri, scopes=scopes, credentials=credentials)
        return self.send(handler, status, headers, b"")

    def post(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        headers, text, status = self.server.create_token_response(f"{self.issuer}/token", "POST", body, dict(handler.headers))
        self.send(handler, status, headers, text.encode())

    def answer(self, handler, value):
        self.send(handler, 200, {"Content-Type": "application/json"}, json.dumps(value).encode())

    def send(self, handler, status, headers, body):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self):
        self.http.shutdown()
        self.http.server_close()
