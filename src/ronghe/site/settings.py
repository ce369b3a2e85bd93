"""Settings of the web application. Everything a deployment may change comes from the environment (docs/operations.md)."""

import os
from datetime import timedelta
from pathlib import Path

import dj_email_url
from csp.constants import NONE, SELF
from environs import Env
from environs import validate as checks

from ronghe.common.sqlite import INIT_COMMAND, install_sqlite

env = Env()
env.read_env()
install_sqlite(needed=not env.str("DATABASE_URL", default="").startswith("postgres"))

PACKAGE_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PACKAGE_DIR.parent.parent
# 练习: an installation of its own beside the real one (docs/adr/0011), opened by `ronghe sandbox`. Of the environment it keeps what says
# how it is reached; the real one's database, keys, files, mail, ways in and ways out are forgotten before anything reads them
SANDBOX = env.bool("RONGHE_SANDBOX", default=False)
OPEN_TO_PRACTICE = (
    "RONGHE_SANDBOX", "RONGHE_SANDBOX_URL", "RONGHE_DATA", "RONGHE_PACKS", "RONGHE_GUIDE", "RONGHE_HOSTS", "RONGHE_ORIGINS", "RONGHE_HTTPS",
    "RONGHE_BEHIND_PROXY", "RONGHE_DEBUG", "RONGHE_LOG_FORMAT", "RONGHE_LOG_LEVEL",
)  # fmt: skip
if SANDBOX:
    for name in [name for name in os.environ if name.startswith(("RONGHE_", "DATABASE_", "EMAIL_")) and name not in OPEN_TO_PRACTICE]:
        del os.environ[name]
# where the practice installation is reached; '': there is none, and no page speaks of it
RONGHE_SANDBOX_URL = env.str("RONGHE_SANDBOX_URL", default="").rstrip("/")
PACKS_DIR = env.path("RONGHE_PACKS", default=BASE_DIR / "packs")
# the guides that the help of each page shows
GUIDE_DIR = env.path("RONGHE_GUIDE", default=BASE_DIR / "docs" / "guide")
DATA_DIR = env.path("RONGHE_DATA", default=BASE_DIR / "var")
DATA_DIR = DATA_DIR / "sandbox" if SANDBOX else DATA_DIR
DATA_DIR.mkdir(parents=True, exist_ok=True)
# where the audit's signed checkpoints go: best a mount of another machine; and the deployment's keys
RONGHE_CHECKPOINTS = env.path("RONGHE_CHECKPOINTS", default=DATA_DIR / "checkpoints")
RONGHE_KEYS = env.path("RONGHE_KEYS", default=DATA_DIR / "keys")
# keys of open secret ballots: never in a backup, destroyed at each close (docs/adr/0005)
RONGHE_URNS = env.path("RONGHE_URNS", default=DATA_DIR / "urns")

# digests, signatures and seals that are made from now on; what was made before is read under either (common/crypto)
RONGHE_CRYPTO = env.str("RONGHE_CRYPTO", default="international", validate=checks.OneOf(["international", "guomi"]))

# zips of the year's folders and inspection packs, and how large one may be
RONGHE_ARCHIVE = env.path("RONGHE_ARCHIVE", default=DATA_DIR / "archive")
# how many months of marks an area keeps in the database; 0: all of them. Older ones become Parquet by period (docs/adr/0012)
RONGHE_MARKS_MONTHS = env.int("RONGHE_MARKS_MONTHS", default=0, validate=checks.Range(min=0))
RONGHE_BUNDLE_BYTES = env.int("RONGHE_BUNDLE_BYTES", default=300 * 1024 * 1024)

DEBUG = env.bool("RONGHE_DEBUG", default=False)
DEMO = env.bool("RONGHE_DEMO", default=False) or SANDBOX


def read_secret_key() -> str:
    """Return the deployment's key, made once and kept in the data folder when the environment names none."""
    given: str = env.str("RONGHE_SECRET_KEY", default="")
    if given:
        return given
    path = DATA_DIR / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key  # noqa: PLC0415

        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = read_secret_key()
ALLOWED_HOSTS = env.list("RONGHE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("RONGHE_ORIGINS", default=[])

INSTALLED_APPS = [
    "ronghe.portal",
    "ronghe.opening",
    "ronghe.appraisal",
    "ronghe.coaching",
    "ronghe.assessment",
    "ronghe.supervision",
    "ronghe.decisions",
    "ronghe.stationing",
    "ronghe.concerns",
    "ronghe.capability",
    "ronghe.tracing",
    "ronghe.meetings",
    "ronghe.outlook",
    "ronghe.figures",
    "ronghe.goals",
    "ronghe.initiatives",
    "ronghe.letters",
    "ronghe.duties",
    "ronghe.rectification",
    "ronghe.worklist",
    "ronghe.archive",
    "ronghe.retention",
    "ronghe.operations",
    "ronghe.webhooks",
    "ronghe.documents",
    "ronghe.notices",
    "ronghe.lists",
    "ronghe.org",
    "ronghe.accounts",
    "ronghe.audit",
    "ronghe.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "django_htmx",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "tree_queries",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ronghe.common.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ronghe.accounts.middleware.SeenMiddleware",
    "ronghe.org.middleware.GateMiddleware",
    "ronghe.common.access.AccessMiddleware",
    "ronghe.lists.middleware.DefaultViewMiddleware",
    "ronghe.common.problems.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ronghe.site.urls"
WSGI_APPLICATION = "ronghe.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "ronghe.common.language.Templates",
        "NAME": "django",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "ronghe.common.templatetags.paging",
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ronghe.common.shell.add_shell",
            ],
        },
    },
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'ronghe.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # a deferred transaction that reads, then writes, fails with 'database is locked' under load
        {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": INIT_COMMAND}
    )
else:
    DATABASES["default"].update({"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who logs in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "ronghe.accounts.ldap.LdapBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username",)}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "practice" if SANDBOX else "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "ronghe.accounts.adapter.ClosedAccountAdapter"
SOCIALACCOUNT_ADAPTER = "ronghe.accounts.social.CompanySocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is what form-action forbids; beginning changes nothing
SOCIALACCOUNT_STORE_TOKENS = False
# sign-on by the company's OpenID Connect provider and LDAP directory; '': none (docs/operations.md)
RONGHE_OIDC_ISSUER = env.str("RONGHE_OIDC_ISSUER", default="").rstrip("/")
RONGHE_OIDC_CLIENT_ID = env.str("RONGHE_OIDC_CLIENT_ID", default="")
RONGHE_OIDC_CLIENT_SECRET = env.str("RONGHE_OIDC_CLIENT_SECRET", default="")
RONGHE_OIDC_NAME = env.str("RONGHE_OIDC_NAME", default="统一认证登录")
RONGHE_OIDC_SCOPE = env.str("RONGHE_OIDC_SCOPE", default="openid profile email")
RONGHE_OIDC_USERINFO = env.bool("RONGHE_OIDC_USERINFO", default=False)
RONGHE_OIDC_CLAIM = env.str("RONGHE_OIDC_CLAIM", default="employee_number")
RONGHE_OIDC_MATCH = env.str("RONGHE_OIDC_MATCH", default="number")
RONGHE_LDAP_URI = env.str("RONGHE_LDAP_URI", default="")
RONGHE_LDAP_BASE = env.str("RONGHE_LDAP_BASE", default="")
RONGHE_LDAP_FILTER = env.str("RONGHE_LDAP_FILTER", default="(uid=%s)")
RONGHE_LDAP_BIND_DN = env.str("RONGHE_LDAP_BIND_DN", default="")
RONGHE_LDAP_BIND_PASSWORD = env.str("RONGHE_LDAP_BIND_PASSWORD", default="")
RONGHE_LDAP_ATTRIBUTE = env.str("RONGHE_LDAP_ATTRIBUTE", default="employeeNumber")
RONGHE_LDAP_MATCH = env.str("RONGHE_LDAP_MATCH", default="number")
RONGHE_LDAP_CA = env.str("RONGHE_LDAP_CA", default="")
RONGHE_SSO_CREATE = env.bool("RONGHE_SSO_CREATE", default=False)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# django-axes locks pairs of account and address; allauth's own limit by address would lock out a whole station behind one address
# (`login_failed` with a key alone also limits guesses at second-factor codes)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": False}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "融合"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ADAPTER = "ronghe.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "ronghe.accounts.second_factor.AddKeyForm", "edit_webauthn": "ronghe.accounts.second_factor.EditKeyForm"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an address is only where one's own reminders go
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # the demo has no HTTPS; browsers then offer keys on http://localhost only
RONGHE_REQUIRE_MFA = not SANDBOX and env.bool("RONGHE_REQUIRE_MFA", default=not DEMO)
AXES_FAILURE_LIMIT = env.int("RONGHE_LOGIN_FAILURES", default=8)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "ronghe.accounts.requests.find_login_name"
AXES_CLIENT_IP_CALLABLE = "ronghe.accounts.requests.find_address"
AXES_HANDLER = "ronghe.accounts.lockout.AuditedHandler"
AXES_DISABLE_ACCESS_LOG = True  # logins are in the audit
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False
SILENCED_SYSTEM_CHECKS = ["axes.W003"]

# guesses at codes and codes already used are counted for all worker processes together
CACHES = {"default": {"BACKEND": "ronghe.accounts.shared.SharedCache"}}

SESSION_ENGINE = "ronghe.accounts.sessions"
SESSION_COOKIE_AGE = env.int("RONGHE_IDLE_SECONDS", default=2 * 3600)  # idle: use moves the end on
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if SANDBOX:  # cookies know no port: the two installations on one machine must not throw each other's out
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "practice_session", "practice_csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = env.bool("RONGHE_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("RONGHE_BEHIND_PROXY", default=False) else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked inside, without a certificate
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language, time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"  # the house's: records are kept in it, whoever writes them
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

# --- interface -------------------------------------------------------------------------------------------------
RONGHE_METRICS_TOKEN = env.str("RONGHE_METRICS_TOKEN", default="")  # '': there is no /metrics
RONGHE_API_RATE = env.str("RONGHE_API_RATE", default="120/min")  # calls of one token

# hosts, '*.domain' and networks of the intranet that events may be sent to; public addresses need none (by https)
RONGHE_HOOK_HOSTS: list[str] = env.list("RONGHE_HOOK_HOSTS", default=[])

# --- messages ---------------------------------------------------------------------------------------------------
RONGHE_ROBOT_TIMEOUT = 8  # seconds
# the address under which people reach the product: links in mails and robots begin with it
RONGHE_URL = RONGHE_SANDBOX_URL if SANDBOX else env.str("RONGHE_URL", default="http://127.0.0.1:8000").rstrip("/")

# --- files ------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "documents"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a month's grid of one area is one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
RONGHE_MAX_UPLOAD_BYTES = env.int("RONGHE_MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
FILE_UPLOAD_PERMISSIONS = 0o600

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
COTTON_DIR = "cotton"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# without an address nothing is mailed, and what should have been says so (notices/channels.py); the practice never mails
EMAIL_URL = "" if SANDBOX else env.str("EMAIL_URL", default="")
RONGHE_MAIL = bool(EMAIL_URL)
vars().update(dj_email_url.parse(EMAIL_URL or "dummy://"))
# whose addresses may be entered for reminders, with those under them; empty: any
RONGHE_MAIL_DOMAINS: list[str] = env.list("RONGHE_MAIL_DOMAINS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "ronghe.common.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env.str("RONGHE_LOG_FORMAT", default="plain")}},
    "root": {"handlers": ["console"], "level": env.str("RONGHE_LOG_LEVEL", default="WARNING")},
}
