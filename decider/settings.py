"""Environment variables to Django settings. Each variable is described in `.env.example`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured

from decider.environment import (
    CONSOLE,
    env_address,
    env_flag,
    env_list,
    env_number,
    env_path,
    insert_after,
    kept_secret_key,
    mail_server,
    need_package,
    refuse_unsafe_production,
    secret_key,
    static_of,
)

BASE_DIR = Path(__file__).resolve().parent.parent


DATA_DIR = Path(os.environ.get("DECIDER_DATA_DIR", "") or BASE_DIR / "var")

DEBUG = env_flag("DECIDER_DEBUG", default=False)
PRODUCTION = env_flag("DECIDER_PRODUCTION", default=False)
SECRET_KEY_FILE = DATA_DIR / "secret-key"
SECRET_KEY = secret_key(os.environ.get("DECIDER_SECRET_KEY", "")) or kept_secret_key(
    SECRET_KEY_FILE
)
# What older keys signed stays valid.
SECRET_KEY_FALLBACKS = [
    secret_key(key) for key in env_list("DECIDER_SECRET_KEY_FALLBACKS", default=[])
]
ADDRESS = env_address("DECIDER_ADDRESS", default="http://127.0.0.1:8000")
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = env_list(
    "DECIDER_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", urlsplit(ADDRESS).hostname or ""]
)
CSRF_TRUSTED_ORIGINS = [ADDRESS]

METRICS_TOKEN = os.environ.get("DECIDER_METRICS_TOKEN", "").strip()
if METRICS_TOKEN:
    need_package("prometheus_client", variable="DECIDER_METRICS_TOKEN", extra="metrics")

SENTRY_DSN = os.environ.get("DECIDER_SENTRY_DSN", "").strip()
if SENTRY_DSN:
    need_package("sentry_sdk", variable="DECIDER_SENTRY_DSN", extra="sentry")
TRACES_ENDPOINT = env_address("DECIDER_TRACES_ENDPOINT", default="")
if TRACES_ENDPOINT:
    need_package("opentelemetry", variable="DECIDER_TRACES_ENDPOINT", extra="tracing")

DECIDER_QUESTIONNAIRE = os.environ.get("DECIDER_QUESTIONNAIRE", "") or "where-should-this-run"
"""The key of the questionnaire that the home page starts."""

QUESTIONNAIRE_DIR = BASE_DIR / "fixtures"
SIGNING_KEY_DIR = DATA_DIR / "signing-keys"
SIGNING_CERTIFICATE = env_path("DECIDER_SIGNING_CERTIFICATE")
if SIGNING_CERTIFICATE:
    need_package("pyhanko", variable="DECIDER_SIGNING_CERTIFICATE", extra="pades")
SIGNING_PASSWORD = os.environ.get("DECIDER_SIGNING_PASSWORD", "")

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "decider.web",
    "decider.people",
    "decider.questionnaires",
    "decider.assessments",
    "decider.rounds",
    "decider.reports",
    "decider.site",
]
MIDDLEWARE = [
    "decider.web.observation.observe",
    # Before all that logs a request, so that nothing there sees its secret.
    "decider.web.secret_addresses.hide_secrets",
    "decider.web.middleware.forbid_foreign_use",
    "django.middleware.security.SecurityMiddleware",
    "decider.web.middleware.redirect_to_https",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Safe beside secrets: form tokens differ each time, and lengths are padded at random.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "decider.reports.limits.refuse_large_bodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "decider.web.middleware.redirect_htmx",
    "decider.web.middleware.explain_method",
    "decider.web.errors.ExplainUnavailable",
    "decider.web.limits.ExplainTooOften",
    "decider.assessments.middleware.ExplainGone",
]
AUTH_USER_MODEL = "people.Person"
ROOT_URLCONF = "decider.site.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.debug",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DECIDER_DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'decider.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    need_package("psycopg", variable="DECIDER_DATABASE_URL", extra="postgresql")
# Each thread of the server keeps its connection, and replaces it where it was cut.
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE with a timeout: writers queue instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
        " PRAGMA cache_size=2000;",
    }

CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Parts of pages that depend on a published version alone: memory is faster than a database.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "pdf": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "pdf",
        "TIMEOUT": None,
        # What is evicted can be printed again with the same bytes.
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *static_of("allauth.account", "allauth.mfa", "django.contrib.admin"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 60
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_ROOT = BASE_DIR / "public"
WHITENOISE_USE_FINDERS = DEBUG

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "decider.web.formats"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MESSAGE_TAGS = {message_levels.ERROR: "error"}

# Answers and notes are small; no form of ours takes more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["decider.reports.proof.uploads.LimitedUploadHandler"]

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_FAILURE_VIEW = "decider.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = HTTPS
# decider.web.middleware.redirect_to_https leads to HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Forms are checked by it; the secret addresses of links send none at all.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names of the domain are not ours to promise HTTPS for
    "security.W008",  # decider.web.middleware.redirect_to_https does it
    "security.W021",  # nor is a place in the lists of browsers
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Accounts. Without sign-in the table of people stays empty, and nothing asks it.
SIGN_IN = env_flag("DECIDER_SIGN_IN", default=False)
REGISTRATION = env_flag("DECIDER_REGISTRATION", default=False)
MAIL_URL = os.environ.get("DECIDER_MAIL_URL", "").strip() or (CONSOLE if DEBUG else "")
TRUSTED_PROXIES = env_number("DECIDER_TRUSTED_PROXIES", default=0)
LIMITS = env_flag("DECIDER_LIMITS", default=True)
LOCAL_ACCOUNTS = env_flag("DECIDER_LOCAL_ACCOUNTS", default=True)
PROXY_USER_HEADER = os.environ.get("DECIDER_PROXY_USER_HEADER", "").strip()
if PRODUCTION:
    refuse_unsafe_production(globals())
OIDC_ISSUER = os.environ.get("DECIDER_OIDC_ISSUER", "").strip().rstrip("/")
OIDC_CLIENT_ID = os.environ.get("DECIDER_OIDC_CLIENT_ID", "").strip()
OIDC_CLIENT_SECRET = os.environ.get("DECIDER_OIDC_CLIENT_SECRET", "").strip()
OIDC_NAME = os.environ.get("DECIDER_OIDC_NAME", "").strip() or "your company’s account"
DEFAULT_FROM_EMAIL = os.environ.get("DECIDER_MAIL_FROM", "").strip() or "decider@localhost"
if MAIL_URL == CONSOLE:
    EMAIL_BACKEND = "decider.people.mail_console.EmailBackend"
elif MAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mail = mail_server(MAIL_URL)
    EMAIL_HOST, EMAIL_PORT = mail.host, mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = mail.starttls, mail.tls
    EMAIL_TIMEOUT = 10
else:
    # E-mails hold secrets: without a server they go nowhere, not to the log either.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

if SIGN_IN:
    need_package("allauth", variable="DECIDER_SIGN_IN", extra="accounts")
    if REGISTRATION and not MAIL_URL:
        raise ImproperlyConfigured(
            "DECIDER_REGISTRATION needs DECIDER_MAIL_URL: whoever registers has to confirm their"
            " e-mail address."
        )
    if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
        raise ImproperlyConfigured(
            "DECIDER_OIDC_ISSUER needs DECIDER_OIDC_CLIENT_ID and DECIDER_OIDC_CLIENT_SECRET."
        )
    if not (LOCAL_ACCOUNTS or OIDC_ISSUER or PROXY_USER_HEADER):
        raise ImproperlyConfigured(
            "Without local accounts, people need DECIDER_OIDC_ISSUER or DECIDER_PROXY_USER_HEADER"
            " to sign in."
        )
    INSTALLED_APPS += [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.admin",
        "allauth",
        "allauth.account",
    ]
    if LOCAL_ACCOUNTS:
        INSTALLED_APPS += [
            "allauth.mfa",
            "django.contrib.humanize",
        ]  # its page of passkeys says when
    if OIDC_ISSUER or not LOCAL_ACCOUNTS:
        INSTALLED_APPS += [
            "allauth.socialaccount",
            "allauth.socialaccount.providers.openid_connect",
        ]
    insert_after(
        MIDDLEWARE,
        "decider.reports.limits.refuse_large_bodies",
        "django.contrib.sessions.middleware.SessionMiddleware",
    )
    insert_after(
        MIDDLEWARE,
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        *(["decider.people.proxy.ProxyUserMiddleware"] if PROXY_USER_HEADER else []),
        "decider.people.middleware.RequireSignIn",
        "allauth.account.middleware.AccountMiddleware",
    )
    MIDDLEWARE.append("decider.people.middleware.ExplainMail")
    TEMPLATES[0]["DIRS"] += [BASE_DIR / "templates" / "people"]
    TEMPLATES[0]["OPTIONS"]["context_processors"] += ["django.contrib.auth.context_processors.auth"]
    # Counts failed log-ins, for all processes alike.
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "decider_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    AUTHENTICATION_BACKENDS = [
        "allauth.account.auth_backends.AuthenticationBackend",
        *(["decider.people.proxy.ProxyUserBackend"] if PROXY_USER_HEADER else []),
    ]
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in {
            "MinimumLengthValidator": {"min_length": 12},
            "CommonPasswordValidator": {},
            "UserAttributeSimilarityValidator": {"user_attributes": ["email", "name"]},
        }.items()
    ]
    SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
    LOGIN_URL = "account_login"
    LOGIN_REDIRECT_URL = "home"
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
    ACCOUNT_ADAPTER = "decider.people.adapters.AccountAdapter"
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(ADDRESS).scheme
    ACCOUNT_USER_MODEL_USERNAME_FIELD = None
    ACCOUNT_LOGIN_METHODS = {"email"}
    ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
    ACCOUNT_SIGNUP_FORM_CLASS = "decider.people.forms.NameForm"
    ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
    ACCOUNT_CHANGE_EMAIL = True
    ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/account/"
    # Codes are typed where they were asked for; a link would put a secret into addresses.
    ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_URL and LOCAL_ACCOUNTS else "none"
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
    ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
    ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
    ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
    ACCOUNT_EMAIL_NOTIFICATIONS = True
    ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
    MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
    MFA_PASSKEY_LOGIN_ENABLED = True
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
    MFA_TOTP_ISSUER = "Decider"
    # Clocks of phones differ, and typing takes time: the number before and after count too.
    MFA_TOTP_TOLERANCE = 1
    # Without a mail server nobody's address is confirmed; administrators vouch for them.
    MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_URL
    SOCIALACCOUNT_ONLY = not LOCAL_ACCOUNTS
    SOCIALACCOUNT_ADAPTER = "decider.people.adapters.ProviderAdapter"
    # A link, since `form-action` holds for all that a form leads to: providers lead on to others.
    SOCIALACCOUNT_LOGIN_ON_GET = True
    # Whose address the provider has verified is the person with that address.
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT_ID,
                    "secret": OIDC_CLIENT_SECRET,
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ]
            if OIDC_ISSUER
            else [],
        }
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "decider.web.logs.JsonFormatter"},
    },
    "filters": {"without_traceback": {"()": "decider.web.logs.WithoutTraceback"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_traceback"],
            "formatter": "json" if PRODUCTION else "line",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would print each line a second time in development.
        "django": {"handlers": []},
        # WeasyPrint and its font tools log every glyph at INFO.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
