"""All settings, from `WEFT_*` environment variables; docs/settings.md says what each does."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent


def text(name: str, default: str = "") -> str:
    """The variable, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Whether the variable says yes."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, got {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


DEMO = flag("WEFT_DEMO")
DEBUG = flag("WEFT_DEBUG")
DATA = Path(text("WEFT_DATA", "var")).expanduser().resolve()
WITHDRAWALS = Path(text("WEFT_WITHDRAWALS") or DATA / "withdrawals.jsonl").expanduser().resolve()
PORT = number("WEFT_PORT", 8000)
ADDRESS = text("WEFT_ADDRESS", f"http://localhost:{PORT}").rstrip("/")


def secret_key() -> str:
    """The key given, or for the demo alone one kept in the data folder."""
    given = text("WEFT_SECRET_KEY")
    if given or not DEMO:
        return given
    kept = DATA / "demo-secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text().strip()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("WEFT_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# Where people's data lies
SQLITE = {
    "ENGINE": "weft.core.sqlite",
    "NAME": DATA / "weft.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=2147418112; "
        "PRAGMA secure_delete=FAST",
    },
}


def database(url: str) -> dict[str, object]:
    """A PostgreSQL address as Django wants it; no address is the SQLite file in the data folder."""
    if not url:
        return SQLITE
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"WEFT_DATABASE_URL must begin with postgresql://, got {parts.scheme!r}.")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
    }


DATABASES = {"default": database(text("WEFT_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}

# The rooms of the house, in the order in which knowledge flows
ROOMS = [
    "weft.core",
    "weft.people.accounts",
    "weft.people.programmes",
    "weft.people.leads",
    "weft.people.journey",
    "weft.people.audit",
    "weft.provenance",
    "weft.listen.conversations",
    "weft.listen.stories",
    "weft.listen.themes",
    "weft.listen.receipts",
    "weft.listen.left",
    "weft.listen.tables",
    "weft.listen.bursts",
    "weft.listen.ages",
    "weft.listen.concerns",
    "weft.sense.sources",
    "weft.sense.findings",
    "weft.sense.maps",
    "weft.frame.problems",
    "weft.act.projects",
    "weft.act.grants",
    "weft.act.manifestos",
    "weft.learn.reflections",
    "weft.learn.insights",
    "weft.share.reports",
    "weft.share.responses",
    "weft.pages.weave",
    "weft.pages.programme",
    "weft.pages.team",
    "weft.pages.cohort",
    "weft.pages.search",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "weft.core.middleware.OwnPages",
    "weft.core.middleware.ErrorPages",
    "weft.listen.seat.Tables",
]
ROOT_URLCONF = "weft.urls"
WSGI_APPLICATION = "weft.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "weft.core.context.site",
            ],
            "builtins": ["weft.core.templatetags.weft"],
        },
    }
]
FORM_RENDERER = "weft.core.forms.Renderer"

# Signing in: a code by email, no passwords
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "weft.people.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "programmes:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Mail
EMAIL_HOST = text("WEFT_MAIL_HOST")
EMAIL_PORT = number("WEFT_MAIL_PORT", 587)
EMAIL_HOST_USER = text("WEFT_MAIL_USER")
EMAIL_HOST_PASSWORD = text("WEFT_MAIL_PASSWORD")
EMAIL_USE_TLS = flag("WEFT_MAIL_TLS", default=True)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = text("WEFT_MAIL_FROM", "weft@localhost")

# Safety
SMALLEST_COUNT = max(10, number("WEFT_SMALLEST_COUNT", 10))
SMALLEST_COUNT_INSIDE = max(5, number("WEFT_SMALLEST_COUNT_INSIDE", 5))
MOST_NEWCOMERS = number("WEFT_MOST_NEWCOMERS", 1000)
MOST_STORIES = number("WEFT_MOST_STORIES", 300)
MOST_CARDS = number("WEFT_MOST_CARDS", 300)
SILENCE_DAYS = number("WEFT_SILENCE_DAYS", 28)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("WEFT_BEHIND_PROXY") else None
BEHIND_PROXY = flag("WEFT_BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # every word of the longest story may be ticked to be hidden
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Language, time, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE = text("WEFT_TIME_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_STORAGE_NAME = "weft.core.static.HashedFiles" if flag("WEFT_HASHED_FILES") else ""
WHITENOISE_USE_FINDERS = not STATICFILES_STORAGE_NAME
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE_NAME or "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": text("WEFT_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
