"""Settings of the one installation, read from the environment (README.md lists the variables).

Without DEBUG and DEMO everything is as a public server needs it.
"""

from pathlib import Path
from urllib.parse import quote

from congress import environment

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
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

# Applications: imports go one way, each may import those above it

INSTALLED_APPS = [
    "congress",
    "delegates",
    "groups",
    "voters",
    "reports",
    "django.contrib.admin",
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
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts

AUTH_USER_MODEL = "congress.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": validator}
    for validator in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "congress.passwords.LongEnough",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"

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
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Security

BEHIND_PROXY = environment.boolean("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = environment.number(
    "SECURE_HSTS_SECONDS", 365 * 24 * 3600 if PRODUCTION else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = PRODUCTION
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
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # DEBUG of these two would print every query's and template's values.
        "django.db.backends": {"level": "INFO"},
        "django.template": {"level": "INFO"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # The default handlers would mail or print the request a second time.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
