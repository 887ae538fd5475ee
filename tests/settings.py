"""Settings under test: those of production, with nothing taken from the machine.

TEST_DATABASE_URL chooses the database; without it each process has an SQLite file of its own.
"""

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="congress-test-")

for _name in set(os.environ) & {
    "BEHIND_PROXY",
    "CONN_MAX_AGE",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "DEMO",
    "LOG_LEVEL",
    "SECRET_KEY_FALLBACKS",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "TODAY",
}:
    del os.environ[_name]
os.environ |= {
    "SECRET_KEY": "0123456789" * 5,
    "PERSONAL_DATA_KEY": "personal-data" * 5,
    "ALLOWED_HOSTS": "testserver,localhost",
    "STATIC_ROOT": _folder.name,
    "MEDIA_ROOT": f"{_folder.name}/media",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3"),
}

from congress.settings import *  # noqa: E402, F403
from congress.settings import CONTENT_SECURITY_POLICY, DATABASES, STORAGES  # noqa: E402

# A file, not memory: the live server's threads need connections of their own.
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": Path(_folder.name) / "test.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": "template0"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# The test client and the live server speak plain http.
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
del CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"]
