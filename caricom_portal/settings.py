"""One settings module; every value that differs between machines comes from the environment.

Outer names (PORTAL_*, DATABASE_URL, REDIS_URL) are promised to operators in docs/how-to/operators.md.
"""

from datetime import timedelta
from pathlib import Path

import environ
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from caricom_portal import stores
from caricom_portal.csp import SECURE_CSP as SECURE_CSP
from caricom_portal.keys import given_key, given_keys, key
from caricom_portal.layers import packages
from caricom_portal.log_lines import LOGGING as LOGGING
from caricom_portal.services.locate import service_urls

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(env("PORTAL_HOME", default=str(BASE_DIR / "var"))).resolve()
DEMO = env.bool("PORTAL_DEMO", default=False)
DEBUG = False

# --- hosts, proxy, cookies ---------------------------------------------------------------------------------------
HOST = env("PORTAL_HOST", default="127.0.0.1")
PORT = env.int("PORTAL_PORT", default=8000)
PORTAL_URL = env("PORTAL_URL", default=f"http://{HOST}:{PORT}").rstrip("/")  # in links of mails and calendars
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]", HOST]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
TRUSTED_PROXY = env.bool("TRUSTED_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None
# plain http is served only by an embedded portal on its own machine
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=TRUSTED_PROXY)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=TRUSTED_PROXY)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^livez$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE_COOKIES else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE = True, "Lax", "Lax"
SESSION_ENGINE = "apps.entrance.sessions"
SESSION_IDLE, SESSION_ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
CSRF_FAILURE_VIEW = "caricom_portal.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECRET_KEY = key("SECRET_KEY", HOME)
FIELD_KEY = key("FIELD_KEY", HOME)
FIELD_KEYS_BEFORE = given_keys("FIELD_KEYS_BEFORE")  # the newest first; they decrypt and encrypt nothing
MARK_KEY = given_key("MARK_KEY") or ""  # of marks and ids; empty: the oldest of those before, else FIELD_KEY
SIGNING_KEY = key("SIGNING_KEY", HOME)  # seed of the Ed25519 key under anchors and exports of the audit
WEBHOOKS_LOCAL = env.bool("WEBHOOKS_LOCAL", default=False)  # programs and directories at private addresses, too

# --- databases ---------------------------------------------------------------------------------------------------
SERVICES = service_urls(HOME)
NO_DATABASE = "postgresql://portal_app@127.0.0.1:1/portal"  # refused at once; a command without a database never asks
pool_size = env.int("DATABASE_POOL", default=40) if SERVICES.get("DATABASE_URL") else 0
DATABASES = {"default": stores.database(SERVICES.get("DATABASE_URL") or NO_DATABASE, pool=pool_size)}
DATABASE_OWNER_URL = SERVICES.get("DATABASE_OWNER_URL", "")
REDIS_URL = SERVICES.get("REDIS_URL") or "redis://127.0.0.1:1"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": stores.cache(REDIS_URL)}
CHANNEL_LAYERS = {"default": stores.live_channels(REDIS_URL)}

# --- applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    *packages(),  # those of this portal, by their layers in pyproject.toml
]
MIDDLEWARE = [
    "apps.access.middleware.request_id",
    "caricom_portal.compression.compressed",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "caricom_portal.browser_limits.limit_browser",
    "caricom_portal.languages.middleware.language",
    "apps.operations.middleware.gate",
    "apps.taxii.middleware.machine_door",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.entrance.middleware.session_limits",
    "apps.people.middleware.keep_forms",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "apps.people.middleware.actor",
    "apps.people.middleware.first_steps",
    "apps.entrance.middleware.asked_factor",
    "apps.access.middleware.well_formed",
    "apps.access.middleware.refusals",
    "apps.people.middleware.step_up",
    "apps.access.middleware.read_log",
    "apps.access.middleware.private_pages",
]
ROOT_URLCONF = "caricom_portal.urls"
WSGI_APPLICATION = None
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
                "caricom_portal.navigation.frame",
            ]
        },
    }
]

# --- records change by actions alone (apps.access.write_guard) -----------------------------------------------------
REFUSE_STRAY_WRITES = env.bool("REFUSE_STRAY_WRITES", default=False)  # or they are a line in the log

# --- people and sign-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
STOLEN_PASSWORDS = env("STOLEN_PASSWORDS", default="")  # a file of their hashes, looked into and never asked for
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "apps.entrance.rules.known_passwords.KnownPasswordValidator", "OPTIONS": {"stolen": STOLEN_PASSWORDS}},
    {"NAME": "apps.people.rules.passwords.LongestValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "apps.entrance.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# wrong passwords of an account and address, an address, a known device, an account from elsewhere (entrance.adapters)
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,30/5m/ip",
    "login_known": "5/5m/key",
    "login_spread": "200/h/key",
    "login": "300/m/ip",
    "reauthenticate": "10/m/user",
    "directory": "30/5m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUSTED_PROXY else 0
SOCIALACCOUNT_ADAPTER = "apps.entrance.adapters.DirectoryAdapter"  # its tables stay empty: links are our own
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEMO)  # part of the cast has none
MFA_ADAPTER = "apps.entrance.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before or after: clocks drift, people type slowly (RFC 6238, 5.2)
MFA_TOTP_ISSUER = "CARICOM Security Portal"
MFA_FORMS = {"authenticate": "apps.entrance.forms.CodeForm", "reauthenticate": "apps.entrance.forms.CodeAgainForm"}
MFA_PASSKEY_LOGIN_ENABLED, MFA_RECOVERY_CODE_COUNT = True, 10
USERSESSIONS_ADAPTER = "apps.entrance.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # it would cost four queries a page

# --- django-guardian: group grants on direct foreign keys only -----------------------------------------------------
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # user.has_perm(obj) would ignore the active seat

# --- security headers --------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- files -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(HOME / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
UNMARKED_PAGES_FAIL = env.bool("PORTAL_UNMARKED_PAGES_FAIL", default=False)
"""Whether a page that states no marking is a fault; otherwise it wears the highest that its reader may read."""
HASHED_STATIC = env.bool("PORTAL_HASHED_STATIC", default=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
FILE_ROOT = Path(env("FILE_ROOT", default=str(HOME / "files")))
MEDIA_ROOT = FILE_ROOT
FILE_LIMIT = env.int("FILE_LIMIT", default=25 * 2**20)  # bytes of one attachment
FILE_LIMITS = {"txt": 5 * 2**20, "csv": 10 * 2**20, "png": 10 * 2**20, "jpg": 10 * 2**20}  # kinds with their own
FILE_SCANNER = env("FILE_SCANNER", default="")  # a command that gets a path, or clamd://HOST:PORT; "" = no scanner
DROP_ROOT = Path(env("DROP_ROOT", default=str(HOME / "drop")))  # watched folders for telegrams: <desk>/in
SUBMISSION_LIMIT = 10 * 2**20  # bytes of one message; contract-paxlst.md section 1
LIST_LIMIT = env.int("LIST_LIMIT", default=48 * 2**20)  # bytes of one file for a watchlist
DATA_UPLOAD_MAX_MEMORY_SIZE = SUBMISSION_LIMIT + 2**20

# --- TAXII -------------------------------------------------------------------------------------------------------
TAXII_REQUESTS_PER_SECOND = env.int("TAXII_REQUESTS_PER_SECOND", default=300)  # of one key
TAXII_FAILURES_PER_MINUTE = env.int("TAXII_FAILURES_PER_MINUTE", default=30)  # wrong keys from one address

# --- INTERPOL ----------------------------------------------------------------------------------------------------
INTERPOL_URL = env("INTERPOL_URL", default="")  # base address of the bureau's gateway; "" = none is connected
INTERPOL_TOKEN = env("INTERPOL_TOKEN", default="")
INTERPOL_CERTIFICATE = env("INTERPOL_CERTIFICATE", default="")  # file: client certificate and key, PEM
INTERPOL_SIMULATOR = HOME / "interpol-simulator.json"

# --- mail --------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="portal@localhost")
MAIL_SERVER_S = 20
"""Seconds for each answer of the mail server: who waits longer holds up the mails of everybody."""
MAILERS = {
    "default": {
        "BACKEND": "caricom_portal.mail_files.MailFiles",
        "OPTIONS": {"file_path": str(HOME / "mail")},
    }
}
if env("EMAIL_URL", default=""):
    smtp = env.email_url("EMAIL_URL")
    MAILERS["default"] = {
        "BACKEND": smtp["EMAIL_BACKEND"],
        "OPTIONS": {
            "host": smtp["EMAIL_HOST"],
            "port": smtp["EMAIL_PORT"],
            "username": smtp["EMAIL_HOST_USER"],
            "password": smtp["EMAIL_HOST_PASSWORD"],
            "use_tls": smtp.get("EMAIL_USE_TLS", False),
            "use_ssl": smtp.get("EMAIL_USE_SSL", False),
            "timeout": MAIL_SERVER_S,
        },
    }

# --- languages and time ------------------------------------------------------------------------------------------
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"  # of the Community's records, of programs, and of what is not translated yet
LANGUAGES = [("en-gb", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("es", "Español")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "caricom_portal" / "locale"]
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_SECURE = True, "Lax", SECURE_COOKIES

# --- API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.people.authentication.DeskToken",
        "apps.people.authentication.SeatSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["apps.access.permissions.HasActor"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.access.parsers.StorableJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "apps.access.schema.ActionSchema",
    "DEFAULT_THROTTLE_CLASSES": ["apps.access.throttles.PerSeat", "apps.access.throttles.PerAddress"],
    "DEFAULT_THROTTLE_RATES": {
        "seat": env("THROTTLE_SEAT", default="6000/min"),
        "address": env("THROTTLE_ADDRESS", default="12000/min"),
    },
    "EXCEPTION_HANDLER": "apps.access.problems.handler",
    "UNAUTHENTICATED_USER": None,
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CARICOM Security Portal",
    "DESCRIPTION": "Records of the portal as the caller's desk may see them, and the actions it may take.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": SimpleLazyObject(lambda: import_string("caricom_portal.description.enum_names")()),
}

# --- work behind the page ----------------------------------------------------------------------------------------
CELERY_BROKER_URL = f"{REDIS_URL}/0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # twice the task time limit: a dead worker's tasks come back, a slow one's do not double
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_DEFAULT_QUEUE = "fast"
CELERY_TIMEZONE = "UTC"
# Celery leaves connections alone: caricom_portal.celery closes those that are old or broken
CELERY_DB_REUSE_MAX = 10**9
CELERY_BEAT_SCHEDULE = SimpleLazyObject(lambda: import_string("caricom_portal.schedule.beat_schedule")())
