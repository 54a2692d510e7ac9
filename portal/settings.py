"""Every setting of the portal, read from the environment.

README.md, "Cấu hình", lists the variables; a test keeps the two in step.
"""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from portal.map_tiles import tiles_origins
from portal.redis_urls import PATIENCE, broker_url, cache_url
from portal.storage_url import storage_backend

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- Where things are -------------------------------------------------------------
PORTAL_DATA = Path(env.str("PORTAL_DATA", str(BASE_DIR / "var"))).resolve()
DATABASE_URL = env.str("DATABASE_URL", "postgresql://portal@localhost/portal")
REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
STORAGE_URL = env.str("STORAGE_URL", "")
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")

# --- What kind of installation ----------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
# accounts.roles names what needs a second factor everywhere but in the demonstration.
REQUIRE_2FA = env.bool("REQUIRE_2FA", not DEMO)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give 50 or more random characters in the environment, "
        "or start with `make run`, which makes one and keeps it in the data folder."
    )
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])
HTTPS = SITE_URL.startswith("https://")
# How many reverse proxies stand in front: their addresses are taken from X-Forwarded-For.
PROXIES = env.int("PROXIES", 0)

# --- Limits -----------------------------------------------------------------------
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 2 * 1024**3)
# Left free on the disk of PORTAL_DATA: files are taken and made only beside it.
DISK_RESERVE_MB = env.int("DISK_RESERVE_MB", 300)
# After so many days without a sweep its clock waits for an operator; a demonstration may sleep for long.
SWEEP_CATCH_UP_DAYS = env.int("SWEEP_CATCH_UP_DAYS", 3650 if DEMO else 7)
TABLE_MEMORY = env.str("TABLE_MEMORY", "512MB")
INVITATION_DAYS = env.int("INVITATION_DAYS", 14)
# From one address; a whole office may stand behind one. 0: no limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 1200)
# Seconds of the table engine for one address in a minute, pages and API together. 0: no limit.
ENGINE_SECONDS_PER_MINUTE = env.int("ENGINE_SECONDS_PER_MINUTE", 30)
# Calls through the gateway of sharing are deleted so many days after they were made.
CALL_RECORD_DAYS = env.int("CALL_RECORD_DAYS", 730)
# Endpoints of sharing services elsewhere: how often each is looked at, how long one may take to answer,
# and for how many days the looks are kept. They may go where pulls may.
SERVICE_PROBE_MINUTES = env.int("SERVICE_PROBE_MINUTES", 15)
SERVICE_PROBE_SECONDS = env.int("SERVICE_PROBE_SECONDS", 10)
SERVICE_PROBE_DAYS = env.int("SERVICE_PROBE_DAYS", 180)

# --- Pulling from the APIs of agencies ---------------------------------------------
# "host" or "host:port" that may have an address inside a network, or another port than 443.
PULL_ALLOWED_PRIVATE_HOSTS: list[str] = env.list("PULL_ALLOWED_PRIVATE_HOSTS", [])
PULL_ALLOW_HTTP = env.bool("PULL_ALLOW_HTTP", False)
PULL_CA_FILE = env.str("PULL_CA_FILE", "")
PULL_SECONDS = env.int("PULL_SECONDS", 600)

INSTALLED_APPS = [
    "demo",
    "portal",
    "accounts",
    "deadlines",
    "catalog",
    "sharing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal.staticfiles.PortalStaticFiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "oauth2_provider",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_prometheus",
    "csp",
    "storages",
    "django_structlog",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ProxyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.RequestLogMiddleware",
    "portal.middleware.BodyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.RefusalMiddleware",
    "portal.middleware.KnownBrowserMiddleware",
    "portal.middleware.SessionWatchMiddleware",
    "portal.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "portal.forms.PortalRenderer"

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
                "portal.context.site",
                "demo.context.demonstration",
            ],
            "builtins": ["django.templatetags.i18n", "portal.templatetags.portal"],
        },
    }
]

# --- Database, cache, jobs --------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL, conn_max_age=600)}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Servers that do not answer are waited for as long as a reader would; a refusal comes at once.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

CACHES = {
    "default": {
        "BACKEND": "portal.cache.OutageCache",
        "LOCATION": cache_url(REDIS_URL),
        "KEY_PREFIX": "portal",
        "OPTIONS": PATIENCE,
    },
    "sessions": {
        "BACKEND": "portal.cache.SessionCopies",
        "LOCATION": cache_url(REDIS_URL),
        "KEY_PREFIX": "sessions",
        "OPTIONS": PATIENCE,
    },
    # Drawn parts of pages, kept by each process: {% cache %} of the templates looks here.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Workers and the schedule wait for a broker that is away, however long; a page that has something to
# tell them does not, and what it could not tell is found in the database.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 3,
    "socket_timeout": 3,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_SOFT_TIME_LIMIT = 3300
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "catalog.check_release": {"queue": "ingest"},
    "catalog.pull_source": {"queue": "ingest"},
    "catalog.prepare_excel": {"queue": "downloads"},
    "catalog.prepare_search_index": {"queue": "downloads"},
    "sharing.probe_service": {"queue": "downloads"},
    "sharing.check_document": {"queue": "downloads"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULER = "portal.beat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(PORTAL_DATA / "beat-schedule")
USAGE_STORED_EVERY = 300  # seconds; pages and API say how far behind their counts are
CELERY_BEAT_SCHEDULE = {
    "deliver-outbox": {"task": "accounts.deliver_outbox", "schedule": 60.0},
    "record-failed-proofs": {"task": "accounts.record_failures", "schedule": 60.0},
    "watch-account-terms": {"task": "sharing.watch_terms", "schedule": crontab(minute=20)},
    "sweep-deadlines": {"task": "deadlines.sweep", "schedule": crontab(minute=5)},
    "resume-stalled-releases": {"task": "catalog.resume_stalled", "schedule": 15.0},
    "pull-due-sources": {"task": "catalog.pull_due", "schedule": crontab(minute="*/15")},
    "resume-excel": {"task": "catalog.resume_excel", "schedule": 300.0},
    "resume-documents": {"task": "sharing.resume_documents", "schedule": 60.0},
    "store-calls": {"task": "sharing.store_calls", "schedule": 60.0},
    "prune-calls": {"task": "sharing.prune_calls", "schedule": crontab(hour=3, minute=40)},
    "probe-services": {"task": "sharing.probe_due", "schedule": 60.0},
    "prune-probes": {"task": "sharing.prune_probes", "schedule": crontab(hour=3, minute=50)},
    "store-usage": {"task": "catalog.store_usage", "schedule": USAGE_STORED_EVERY},
    "resume-search-indexes": {"task": "catalog.resume_search_indexes", "schedule": 300.0},
    "remove-orphaned-files": {"task": "catalog.remove_orphans", "schedule": 6 * 3600.0},
}

# --- Files ------------------------------------------------------------------------
# Below this address the reverse proxy serves PORTAL_DATA to itself (X-Accel-Redirect).
FILES_BY_PROXY = env.str("FILES_BY_PROXY", "")
STORAGES = {
    "default": storage_backend(STORAGE_URL, PORTAL_DATA / "storage"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
WHITENOISE_MAX_AGE = 3600
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "woff2")
FILE_UPLOAD_HANDLERS = ["catalog.upload.StreamingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(PORTAL_DATA / "incoming")
# Nobody else on the machine reads them, but a proxy of our group that sends them.
FILE_UPLOAD_PERMISSIONS = 0o640 if FILES_BY_PROXY else 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750 if FILES_BY_PROXY else 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Language and time ------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = True

# --- People -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.password_rules.UnlikeTheAccount",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "accounts.password_rules.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation link proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# By address: a whole office may stand behind one. Guessing at one account is slowed down by
# accounts.actions.trials, wherever it comes from, and from one address by axes, below.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
    "prove_address": "3/10m/user",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmPasswordForm",
    "change_password": "accounts.forms.passwords.ChangePasswordForm",
    "set_password": "accounts.forms.passwords.SetPasswordForm",
    "reset_password": "accounts.forms.passwords.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.passwords.ResetPasswordKeyForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.SecondFactorForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmSecondFactorForm",
    "activate_totp": "accounts.forms.sign_in.AddSecondFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_TOTP_ISSUER = "Kho dữ liệu tỉnh Nghệ An"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# One OpenID Connect provider by configuration: the province's single sign-on, when it exists.
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))
OIDC_NAME = env.str("OIDC_NAME", "Đăng nhập một lần")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Connection accounts of agencies (sharing): tokens live a quarter of an hour and are kept hashed.
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "PKCE_REQUIRED": True,
    # Client credentials alone: every other grant is unknown to this server.
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "sharing.gateway.validator.CredentialValidator",
}

AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", 5)
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Where somebody was going may be the link of an invitation.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.lockout.attempted_email"
AXES_WHITELIST_CALLABLE = "accounts.lockout.is_known_browser"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.caller_address"
# Trying on during a lock-out does not prolong it: the hour the page names stands.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- E-mail -----------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(PORTAL_DATA / "mail")
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", "Kho dữ liệu tỉnh Nghệ An <khong-tra-loi@data.nghean.gov.vn>"
)
EMAIL_TIMEOUT = 20

# --- Maps -------------------------------------------------------------------------
# Without an address maps have a plain background: no other host learns what somebody looks at.
MAP_TILES_URL = env.str("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", "")

# --- Safety -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *tiles_origins(MAP_TILES_URL, MAP_TILES_ATTRIBUTION)],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A browser applies this to the redirect after a form, too: single sign-on starts with one.
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ISSUER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$", r"^api/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "sessions"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# --- API --------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "catalog.api.paging.Pages",
    "EXCEPTION_HANDLER": "catalog.api.problems.rest_framework_handler",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kho dữ liệu tỉnh Nghệ An",
    "DESCRIPTION": "API dữ liệu mở, không cần đăng nhập, theo Quyết định 22/2023/QĐ-UBND.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "catalog.api.openapi.add_row_api",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Logs -------------------------------------------------------------------------
from portal.logs import BEGUN, logging_settings  # noqa: E402  needs nothing above, stands with its use

LOGGING = logging_settings(as_json=not DEBUG, level=env.str("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = BEGUN
# The address as PROXIES says (portal.middleware), not as any header of the caller's says.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
