"""The one settings module: safe on a laptop as it is, and every variation is an environment variable."""

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import dj_database_url
import Stemmer
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.env import (
    env_address,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_secret,
    env_sender,
    env_str,
    env_url,
    mail_settings,
    secret_key,
    site_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# The folder of everything that is not code: database, pictures, mails, key. Back it up and you have the site.
FORUM_DATA = Path(env_str("FORUM_DATA", str(BASE_DIR / "data"))).expanduser().resolve()

_site = site_url("SITE_URL", f"http://127.0.0.1:{env_int('PORT', 8000, least=1, most=65535)}")
SITE_URL = _site.geturl()
PRODUCTION = _site.scheme == "https"
DEBUG = env_bool("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG shows visitors how the site works inside, so it is not allowed with an https:// SITE_URL."
    )

ALLOWED_HOSTS = [
    str(_site.hostname),
    *([] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]),
    *env_list("ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# How many proxies of our own stand in front; only they may say who the visitor is. 0 believes no header.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0, least=0, most=10)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

SECRET_KEY = secret_key("SECRET_KEY", FORUM_DATA / "secret_key", required=PRODUCTION)
# Old keys still read what they signed (sessions, guests' return links) while a new one takes over.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")

SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_FAILURE_VIEW = "forum.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = PRODUCTION
# A health check comes from beside the server, past the proxy that has the certificate.
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
# Pages here tell what somebody is going through: no other site learns their address.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # HSTS for subdomains and browsers' preload lists would bind sites of the owner that are not this one.
    "security.W005",
    "security.W021",
    # Names are unique more strictly than by their letters: accounts.User.name_key holds them apart.
    "auth.W004",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# Form bodies; forum.web.RequestGuard answers 413 for more. Pictures have a route and a limit of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
PICTURE_UPLOAD_MAX_SIZE = 12 * 1024 * 1024

INSTALLED_APPS = [
    "accounts",
    "forum",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "config.static_files.CollectedFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, and CSRF tokens are masked anew, against BREACH
    "forum.web.RequestGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forum.web.SiteMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forum.web.site",
            ],
        },
    },
]

MESSAGE_TAGS = {message_levels.ERROR: "error", message_levels.DEBUG: "info"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Several worker processes write to one file: writers queue (IMMEDIATE) for up to 20 s instead of failing half-way,
# readers never wait (WAL), and a crash of the machine can lose the last moment but never damages the file (NORMAL).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-16000;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;"
    ),
}


def _database() -> dict[str, Any]:
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": FORUM_DATA / "forum.sqlite3"}
    if not env_str("DATABASE_URL"):
        return {**sqlite, "CONN_MAX_AGE": 600, "OPTIONS": SQLITE_OPTIONS}
    env_url("DATABASE_URL", "", ["postgres", "postgresql"])
    # Connecting anew costs 3 to 4 ms a request; a restarted server is noticed by the health check.
    database: dict[str, Any] = dict(dj_database_url.config(conn_max_age=600, conn_health_checks=True))
    # PostgreSQL reckons with disks that turn, and would rather read 100,000 posts in a row than look 10,000 up by the
    # index of words: 83 ms for two common words instead of 17. It would also compile what it reckons to be much work,
    # which costs 30 ms and pays for hours of work. What a connection asks again and again is planned once: a page of 10
    # queries is 3 ms quicker, and poolers that mix transactions fail. The address may say otherwise: `?options=`.
    if "options=" not in env_str("DATABASE_URL"):
        ours = {"options": "-c random_page_cost=1.1 -c jit=off", "server_side_binding": True, "prepare_threshold": 5}
        database["OPTIONS"] = {**database.get("OPTIONS", {}), **ours}
    return database


DATABASES = {"default": _database()}

# Limits must hold across processes, so the cache is shared: Redis when there is one, else a table.
REDIS_URL = env_url("REDIS_URL", "", ["redis", "rediss"]).geturl() if env_str("REDIS_URL") else ""
# A Redis that is gone is passed over, and not waited for.
REDIS_OPTIONS: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "config.caches.PatientRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "forum",
            "OPTIONS": REDIS_OPTIONS,
        }
        if REDIS_URL
        else {
            "BACKEND": "config.caches.PatientDatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    ),
}

# Jobs are rows of the database, written in the transaction that wants them done; `manage.py work` does them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# A job is ended after so many seconds; one that has run for longer than its lease has lost its worker.
JOB_SECONDS = env_int("JOB_SECONDS", 300, least=1, most=24 * 60 * 60)
JOB_LEASE_SECONDS = env_int("JOB_LEASE_SECONDS", JOB_SECONDS + 60, least=1, most=48 * 60 * 60)
if JOB_LEASE_SECONDS <= JOB_SECONDS:
    raise ImproperlyConfigured(
        "JOB_LEASE_SECONDS must be more than JOB_SECONDS, or a running job could be started twice."
    )

# Which language words are stemmed in; after a change: manage.py reindex.
SEARCH_LANGUAGE = env_choice("SEARCH_LANGUAGE", "english", Stemmer.algorithms())

globals().update(mail_settings("EMAIL_URL", FORUM_DATA / "mail"))
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env_sender("DEFAULT_FROM_EMAIL", f"forum@{_site.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mails come back to that could not be delivered, the mailbox of it, and the word by which a mail provider may
# report them.
BOUNCE_ADDRESS = env_address("BOUNCE_ADDRESS")
BOUNCE_IMAP_URL = env_url("BOUNCE_IMAP_URL", "", ["imap", "imaps"]).geturl() if env_str("BOUNCE_IMAP_URL") else ""
BOUNCE_SECRET = env_secret("BOUNCE_SECRET")
# Queues a mail about an account; accounts knows nothing of the forum, so it is named here.
MAIL_QUEUE = "forum.actions.mailing.queue_account_mail"

STATIC_URL = "/static/"
STATIC_ROOT = FORUM_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = FORUM_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}
# Static files are served to our own pages only; a wildcard CORS header would help nobody but copycats.
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.OpenAccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.password_rules.NotTheirs"},
    {"NAME": "accounts.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.password_rules.NotCommon"},
    {"NAME": "accounts.password_rules.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Where a new member goes first; accounts knows nothing of the forum, so it is named here.
WELCOME_URL = "/welcome/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Three minutes, allauth's default, is short for somebody who must find the mail on another device first.
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# How many accounts an address makes is the owner's number (forum/limits.py); this is for forms sent with mistakes.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    # Wrong passwords for one account: where it is tried from, and from everywhere together. A browser on which it has
    # signed in before counts for itself, and a code by email always leads in.
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_anywhere": "100/h/key",
}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_FORMS = {
    "login": "accounts.entrance.SignInForm",
    "signup": "accounts.entrance.SignUpForm",
    "set_password": "accounts.entrance.NewPasswordForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "reauthenticate": "accounts.entrance.PasswordAgainForm",
    "add_email": "accounts.entrance.NewEmailForm",
    "change_email": "accounts.entrance.OtherEmailForm",
    "confirm_email_verification_code": "accounts.entrance.ConfirmEmailForm",
    "confirm_password_reset_code": "accounts.entrance.ConfirmResetForm",
}
# Makes a member's picture from an upload; accounts knows nothing of the forum, so it is named here.
AVATAR_MAKER = "forum.pictures.square_avatar"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.entrance.SecondStepForm",
    "reauthenticate": "accounts.entrance.SecondStepAgainForm",
    "activate_totp": "accounts.entrance.ActivateAppForm",
}
# Passkeys come later: allauth's own pages for them need inline script, which the policy above forbids.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = str(_site.hostname)

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_str("TIME_ZONE", "UTC")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE must be a name such as Europe/Berlin, not “{TIME_ZONE}”.")

# All on stderr, where the process manager keeps it; visitors never see a trace.
LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"plain": {"()": "config.logs.PlainLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        name: {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False}
        for name in ("django", "accounts", "config", "forum")
    },
}
