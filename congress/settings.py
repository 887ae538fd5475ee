"""Settings of the one installation, read from the environment (README.md lists the variables).

Without DEBUG and DEMO everything is as a public server needs it.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from congress import environment
from congress.response_headers import CONTENT_SECURITY_POLICY

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

# What this installation is

DEBUG = environment.boolean("DEBUG")
DEMO = environment.boolean("DEMO")
PRODUCTION = not (DEBUG or DEMO)

TODAY = environment.day("TODAY")
if TODAY and not DEMO:
    raise environment.wrong("TODAY", "只能与 DEMO=1 一起使用", "空")

if PRODUCTION:
    SECRET_KEY = environment.secret("SECRET_KEY")
    PERSONAL_DATA_KEYS = environment.secrets("PERSONAL_DATA_KEY")
    ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", required=True)
else:
    SECRET_KEY = "for-demonstration-and-development-on-this-machine-only"
    PERSONAL_DATA_KEYS = [f"{SECRET_KEY}, personal data too"]
    ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY_FALLBACKS = environment.former_secrets("SECRET_KEY_FALLBACKS")
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

# Applications: imports go one way, each may import those above it

INSTALLED_APPS = [
    "congress",
    "delegates",
    "groups",
    "voters",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "bootstrap",
    "axes",
]

MIDDLEWARE = [
    "congress.response_headers.ResponseHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congress.log_in.sessions.LastingSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "congress.audit.middleware.AuditMiddleware",
    "congress.log_in.lifetime.LogInEndsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "congress.accounts.password_age.PasswordAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"

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
                "congress.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = "全部"

# Records

DATABASES = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{quote(f'{LOCAL_DIR}/db.sqlite3')}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    LOCAL_DIR.mkdir(exist_ok=True)
    # IMMEDIATE and WAL: no "database is locked" among twenty clients who write at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = environment.number("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that does not answer is told to the user, who should not wait for minutes.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": "5"} | DATABASES["default"]["OPTIONS"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts

AUTH_USER_MODEL = "congress.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": validator}
    for validator in (
        "congress.passwords.LongEnough",
        "congress.passwords.OfSeveralKinds",
        "congress.passwords.WithoutUserName",
        "congress.passwords.NotUsedLately",
        "congress.passwords.NotCommon",
    )
]
AUTHENTICATION_BACKENDS = ["congress.log_in.lock.LockingBackend"]
# Changed every so many days; 0: never.
PASSWORD_DAYS = environment.number("PASSWORD_DAYS", 90)
# So long the administrator's one-time link may be used.
PASSWORD_RESET_TIMEOUT = environment.number("PASSWORD_LINK_HOURS", 24, minimum=1) * 3600
# A log-in ends when nobody uses it, and after a working day at most.
IDLE_SECONDS = environment.number("IDLE_MINUTES", 15, minimum=2) * 60
LOG_IN_SECONDS = environment.number("LOG_IN_HOURS", 8, minimum=1) * 3600
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"

# Failed log-ins (django-axes): an account waits after five, an address after more, as all of an
# office share one. A further attempt while waiting does not make the wait longer.
ADDRESS_FAILURES = environment.number("ADDRESS_FAILURES", 20, minimum=5)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_HANDLER = "congress.log_in.lock.LockHandler"
AXES_USERNAME_CALLABLE = "congress.log_in.lock.username_key"
AXES_CLIENT_IP_CALLABLE = "congress.log_in.lock.address_key"
AXES_LOCKOUT_CALLABLE = "congress.log_in.lock.locked_page"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# Language and time

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = environment.path("STATIC_ROOT", LOCAL_DIR / "static")
MEDIA_ROOT = environment.path("MEDIA_ROOT", LOCAL_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Security

BEHIND_PROXY = environment.boolean("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", default=PRODUCTION)
# A monitor on this machine asks without the web server in front.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = environment.number(
    "SECURE_HSTS_SECONDS", 365 * 24 * 3600 if PRODUCTION else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
    # Browsers take a cookie of such a name only by https, for this very host and all of it.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = PRODUCTION
# Days that the audit log stays in the database; at least six months (网络安全法 21).
AUDIT_KEEP_DAYS = environment.number("AUDIT_KEEP_DAYS", 3 * 365, minimum=183)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = LOG_IN_SECONDS
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "congress.faults.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# E-mail: reminders only, and only where a server is named

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 465, minimum=1)
EMAIL_USE_SSL = environment.boolean("EMAIL_USE_SSL", default=True)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", EMAIL_HOST_USER)
SITE_ADDRESS = environment.text("SITE_ADDRESS")

# Logging: to standard error, never a form's content or a voter's name

LOG_LEVEL = environment.one_of("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "congress.log_lines.LogLine",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # DEBUG of these two would print every query's and template's values.
        "django.db.backends": {"level": "INFO"},
        "django.template": {"level": "INFO"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # Each log-in is in the audit log.
        "axes": {"level": "ERROR"},
        # The default handlers would mail or print the request a second time.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
