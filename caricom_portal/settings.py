"""One settings module; every value that differs between machines comes from the environment.

Outer names (PORTAL_*, DATABASE_URL, REDIS_URL) are promised to operators in docs/operators.md.
"""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab

from caricom_portal.csp import SECURE_CSP as SECURE_CSP
from caricom_portal.keys import key
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
SESSION_IDLE, SESSION_ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
CSRF_FAILURE_VIEW = "caricom_portal.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECRET_KEY = key("SECRET_KEY", HOME)
FIELD_KEY = key("FIELD_KEY", HOME)
SIGNING_KEY = key("SIGNING_KEY", HOME)  # seed of the Ed25519 key under anchors and exports of the audit
WEBHOOKS_LOCAL = env.bool("WEBHOOKS_LOCAL", default=False)  # programs and directories at private addresses, too

# --- databases ---------------------------------------------------------------------------------------------------
SERVICES = service_urls(HOME)
NO_DATABASE = "postgresql://portal_app@127.0.0.1:1/portal"  # refused at once; a command without a database never asks
DATABASES = {
    "default": env.db_url_config(SERVICES.get("DATABASE_URL") or NO_DATABASE)
    | {
        "ATOMIC_REQUESTS": False,  # actions own their transaction (durable=True)
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a restarted server must not cost one error per pooled connection
        "OPTIONS": {"options": "-c lock_timeout=5000 -c statement_timeout=60000"},
    }
}
if SERVICES.get("DATABASE_URL"):
    pool_size = env.int("DATABASE_POOL", default=40)
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": pool_size, "timeout": 4}
DATABASE_OWNER_URL = SERVICES.get("DATABASE_OWNER_URL", "")
REDIS_URL = SERVICES.get("REDIS_URL") or "redis://127.0.0.1:1"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "caricom_portal.caching.Cache", "LOCATION": f"{REDIS_URL}/1"}}

# what the processes tell each other about open texts; a message that is lost costs half a second, never a letter
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [f"{REDIS_URL}/2"], "prefix": "portal", "capacity": 1000},
    },
}

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
    "caricom_portal",
    "apps.audit",
    "apps.access",
    "apps.people",
    "apps.files",
    "apps.notices",
    "apps.coedit",
    "apps.entrance",
    "apps.operations",
    "apps.search",
    "apps.documents",
    "apps.region",
    "apps.exchange",
    "apps.screening",
    "apps.gateway",
    "apps.jrcc",
    "apps.council",
    "apps.rifc",
    "apps.watch",
    "apps.entities",
    "apps.taxii",
    "apps.assessments",
    "apps.impacs",
    "apps.reports",
    "apps.oversight",
    "apps.protection",
]
MIDDLEWARE = [
    "apps.access.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "caricom_portal.languages.middleware.language",
    "apps.operations.gate.gate",
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

# --- people and sign-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "apps.people.passwords.LongestValidator"},
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
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
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
        },
    }

# --- languages and time ------------------------------------------------------------------------------------------
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"  # of the Community's records, of programs, and of what is not translated yet
LANGUAGES = [("en-gb", "English"), ("fr", "Français"), ("nl", "Nederlands")]  # each in its own words
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
    "ENUM_NAME_OVERRIDES": {
        "ClearanceEnum": "apps.people.actions.accounts.CLEARANCES",
        "AnyClearance": "apps.people.actions.accounts.ALL_CLEARANCES",
        "PartyKind": "apps.people.models.Party.Kind",
        "WatchListKind": "apps.screening.models.WatchList.Kind",
        "EntryKind": "apps.screening.models.Entry.Kind",
        "DecisionKind": "apps.council.models.Decision.Kind",
        "MeetingKind": "apps.council.models.Meeting.Kind",
        "MeetingMode": "apps.council.models.Meeting.Mode",
        "Mode": [("air", "air"), ("sea", "sea")],
        "DirectionEnum": [("arrival", "arrival"), ("departure", "departure")],
        "ArrivalOrDeparture": [("arrival", "Arrival"), ("departure", "Departure")],
        "AgendaItemKind": "apps.council.models.AgendaItem.Kind",
        "PaperLanguage": "apps.council.actions.paper_fields.LANGUAGES",
        "Level": "apps.access.models.Level",
        "OutgoingReportKind": "apps.reports.models.Report.Kind",
        "TaskKind": "apps.impacs.models.Task.Kind",
        "DependencyKind": "apps.impacs.models.Dependency.Kind",
        "InstrumentKind": "apps.region.models.Instrument.Kind",
        "PartyStepKind": "apps.region.models.PartyStep.Kind",
        "ReservationKind": "apps.region.models.Reservation.Kind",
        "EscalationOffice": "apps.impacs.models.Office",
        "RecordedReceiptKind": "apps.council.models.procedures.RECORDED_RECEIPTS",
    },
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
# crontab: when it is night on all clocks of the region (UTC-6 to UTC-3), whenever the scheduler was started
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "access.sweep", "schedule": 5.0},
    "heartbeat": {"task": "access.heartbeat", "schedule": 5.0},
    "gateway": {"task": "gateway.tick", "schedule": 10.0, "options": {"queue": "slow", "expires": 10}},
    "gateway_tidy": {"task": "gateway.tidy", "schedule": 60.0},
    "drafts": {"task": "jrcc.drafts", "schedule": 3600.0},
    "expire": {"task": "screening.expire", "schedule": 3600.0},
    "reviews": {"task": "screening.reviews", "schedule": 3600.0},
    "overdue": {"task": "jrcc.overdue", "schedule": 60.0},
    "council": {"task": "council.tick", "schedule": 60.0},
    "escalation": {"task": "impacs.escalation", "schedule": 3600.0},
    "notices": {"task": "notices.tick", "schedule": 900.0},
    "council_days": {"task": "council.days", "schedule": 3600.0},
    "purge": {"task": "access.purge", "schedule": 3600.0},
    "entrance": {"task": "entrance.tick", "schedule": 3600.0},
    "protection": {"task": "protection.tick", "schedule": 3600.0},
    "oversight": {"task": "oversight.tick", "schedule": 3600.0},
    "people": {"task": "people.tick", "schedule": 3600.0},
    "impacs_days": {"task": "impacs.days", "schedule": 3600.0},
    "council_papers": {"task": "council.papers", "schedule": 60.0},
    "region_days": {"task": "region.days", "schedule": 3600.0},
    "rifc": {"task": "rifc.tick", "schedule": 60.0},
    "search": {"task": "search.tick", "schedule": 60.0},
    "exchange": {"task": "exchange.tick", "schedule": 60.0},
    "watch": {"task": "watch.tick", "schedule": 60.0},
    "jrcc_collect": {"task": "jrcc.collect", "schedule": 10.0, "options": {"queue": "slow", "expires": 10}},
    "jrcc": {"task": "jrcc.tick", "schedule": 60.0},
    "rifc_balance": {"task": "rifc.count", "schedule": crontab(hour=6, minute=10)},
    "assessments": {"task": "assessments.tick", "schedule": 3600.0},
    "entities": {"task": "entities.tick", "schedule": 3600.0},
    "rescan_files": {"task": "files.rescan", "schedule": 600.0},
    "impacs_work_plan": {"task": "impacs.work_plan", "schedule": 3600.0},
    "reports_days": {"task": "reports.days", "schedule": 3600.0},
    "coedit": {"task": "coedit.tick", "schedule": 60.0},
    "tidy_files": {"task": "files.tidy", "schedule": 3600.0},
    "purge_reports": {"task": "rifc.purge", "schedule": crontab(hour=6, minute=20)},
    "purge_requests": {"task": "exchange.purge", "schedule": crontab(hour=6, minute=25)},
    "purge_watch": {"task": "watch.purge", "schedule": crontab(hour=6, minute=30)},
    "purge_travellers": {"task": "jrcc.forget", "schedule": crontab(hour=6, minute=50), "options": {"queue": "slow"}},
    "purge_files": {"task": "files.purge", "schedule": crontab(hour=6, minute=40)},
}
