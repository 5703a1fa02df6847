"""Django settings: wiring only. Every value that differs between installations comes from the environment.

docs/CONFIGURATION.md lists each variable; a test holds the two together.
"""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from celery.schedules import crontab

from lti_tool.core import env

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.text("ATTUNE_SECRET_KEY")
DEBUG = env.flag("ATTUNE_DEBUG", default=False)
ALLOWED_HOSTS = env.words("ATTUNE_ALLOWED_HOSTS", "localhost")
PUBLIC_URL = env.text("ATTUNE_PUBLIC_URL", "http://localhost:8000").rstrip("/")

# Who administers an installation can let somebody read a record: in public a password is too little.
SECOND_FACTOR = env.flag("ATTUNE_SECOND_FACTOR", default=PUBLIC_URL.startswith("https://"))

INSTALLED_APPS = [
    "lti_tool.administration.apps.GuardedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_otp",
    "lti_tool.core",
    "lti_tool.vault",
    "lti_tool.lti",
    "lti_tool.audit",
    "lti_tool.administration.apps.AdministrationConfig",
    "lti_tool.activation",
    "lti_tool.consent",
    "lti_tool.records",
    "lti_tool.alerts",
    "lti_tool.capture",
    "lti_tool.wellbeing",
    "lti_tool.policy",
    "lti_tool.dashboards",
    "lti_tool.privacy.apps.PrivacyConfig",
    "lti_tool.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "lti_tool.core.middleware.FramePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # within the policy: a file of ours is framed by nobody
    "lti_tool.core.middleware.PartitionedCookies",
    "lti_tool.core.carried.CarriedSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lti_tool.core.middleware.Refusals",
]

ROOT_URLCONF = "lti_tool.urls"
ASGI_APPLICATION = "lti_tool.asgi.application"
WEB_THREADS = env.number("ATTUNE_WEB_THREADS", 32)

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
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'attune.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Web and worker write at the same time: take the write lock at BEGIN, and wait for it instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is erased is overwritten, not left in free pages; vault.journal sees to the log beside it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One process remembers the key sets of platforms; nothing in here is needed by another process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LAUNCH_SECONDS = env.number("ATTUNE_LAUNCH_SECONDS", 8 * 60 * 60)
LOGIN_ATTEMPT_SECONDS = 10 * 60
ALLOW_LOOPBACK_PLATFORMS = env.flag("ATTUNE_ALLOW_LOOPBACK_PLATFORMS", default=False)
PRIVATE_PLATFORM_NETWORKS = env.words("ATTUNE_PRIVATE_PLATFORM_NETWORKS")

# Whether one file may be opened in an emergency by command. Off: in some places it is unlawful.
BREAK_GLASS = env.flag("ATTUNE_BREAK_GLASS", default=False)

HELP_LINE = env.text("ATTUNE_HELP_LINE", "")

REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
RATE_LIMITS = env.flag("ATTUNE_RATE_LIMITS", default=True)
SPOOL_URL = env.text("ATTUNE_SPOOL_URL", REDIS_URL)
SPOOL_MAX_SECONDS = env.number("ATTUNE_SPOOL_MAX_SECONDS", 300)

INFERENCE_RUNTIME = env.text("ATTUNE_INFERENCE_RUNTIME", "litert")
BATCH_SNIPPETS = env.number("ATTUNE_BATCH_SNIPPETS", 1)

# Measuring has a queue of its own: what waits for a platform or a large table must not delay a snippet.
SNIPPET_QUEUE, CHORE_QUEUE = "snippets", "chores"
AUDIT_ANCHORS = env.words("ATTUNE_AUDIT_ANCHORS")

CELERY = {
    "broker_url": REDIS_URL,
    "task_queues": {SNIPPET_QUEUE: {}, CHORE_QUEUE: {}},
    "task_routes": {"lti_tool.capture.tasks.analyse_snippet": {"queue": SNIPPET_QUEUE}},
    "task_default_queue": CHORE_QUEUE,
    # A worker with a misspelt queue would wait for ever: it does not start.
    "task_create_missing_queues": False,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    # Of a chore. Measuring has its own, in capture.limits. Both must end before the broker gives up on them.
    "task_time_limit": 80,
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "broker_connection_retry_on_startup": True,
    # A killed worker's task comes back a little after the longest task could have ended. One time-out serves
    # both queues: each worker gives back what any of them left.
    "broker_transport_options": {
        "visibility_timeout": 90,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    # Models are loaded in each pool process after the fork, which takes seconds on a busy machine.
    "worker_proc_alive_timeout": 120,
    "beat_schedule": {
        "sweep-spool": {"task": "lti_tool.capture.tasks.sweep_spool", "schedule": 30.0},
        "anchor-audit": {"task": "lti_tool.audit.tasks.anchor_audit", "schedule": crontab(minute=15)},
        "empty-journal": {"task": "lti_tool.vault.tasks.empty_journal", "schedule": 300.0},
        "publish-class-weeks": {
            "task": "lti_tool.capture.tasks.publish_class_weeks",
            "schedule": crontab(minute=10, hour=1),
        },
        "summarise-sessions": {"task": "lti_tool.records.tasks.summarise_sessions", "schedule": 60.0},
        "add-missing-summaries": {
            "task": "lti_tool.records.tasks.add_missing_summaries",
            "schedule": crontab(minute=40, hour=0),
        },
        "look-at-files": {"task": "lti_tool.alerts.tasks.look_at_files", "schedule": 120.0},
        "escalate-overdue": {
            "task": "lti_tool.alerts.tasks.escalate_overdue",
            "schedule": crontab(minute="*/10"),
        },
        "send-notices": {"task": "lti_tool.alerts.tasks.send_notices", "schedule": 60.0},
        "send-digests": {"task": "lti_tool.alerts.tasks.send_digests", "schedule": crontab(minute="*/15")},
        "sweep": {"task": "lti_tool.privacy.tasks.sweep", "schedule": crontab(minute=40, hour=1)},
        "ask-for-notices": {"task": "lti_tool.lti.tasks.ask_for_notices", "schedule": crontab(minute=5)},
        "forget-old-requests": {
            "task": "lti_tool.lti.tasks.forget_old_requests",
            "schedule": crontab(minute="*/10"),
        },
        "compare-with-rosters": {
            "task": "lti_tool.records.tasks.compare_with_rosters",
            "schedule": crontab(minute=20, hour="*/6"),
        },
    },
    "timezone": "UTC",
}

# The tool lives in a frame on somebody else's site: its cookies are cross-site, partitioned by middleware.
# The prefix keeps a neighbour on our domain from planting one; browsers want https for it.
_HOST = "__Host-" if PUBLIC_URL.startswith("https://") else ""
SESSION_COOKIE_NAME = f"{_HOST}attune_session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "None"
# Longer than a launch, so that a page whose launch ran out is told so; the browser forgets it when it closes.
SESSION_COOKIE_AGE = LAUNCH_SECONDS + 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "lti_tool.lti.views.form_refused"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie more
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}", "OPTIONS": options}
    for rule, options in {
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "UserAttributeSimilarityValidator": {},
    }.items()
]
SECURE_REFERRER_POLICY = "strict-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if env.flag("ATTUNE_BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = PUBLIC_URL.startswith("https://")
if PUBLIC_URL.startswith("https://"):
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # of this host alone, and it has none
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options: frame-ancestors is said per page, and by its platform
    "security.W021",  # preloading is the domain owner's to ask for
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Counselors are told by e-mail where there is a server for it; their page tells them in any case.
EMAIL_HOST = env.text("ATTUNE_EMAIL_HOST", "")
EMAIL_PORT = env.number("ATTUNE_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("ATTUNE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("ATTUNE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("ATTUNE_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
_MAIL = "smtp" if EMAIL_HOST else "dummy"  # without a server nobody is told by e-mail: alerts.W001
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("ATTUNE_EMAIL_FROM", "") or f"attune@{urlsplit(PUBLIC_URL).hostname}"

# Only the demonstration has one: a clip that stands in for the camera on a machine without a webcam.
DEMO_SAMPLE_CLIP = env.text("ATTUNE_DEMO_SAMPLE_CLIP", "")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Where neither reader, course nor browser asks for one of ours; and of letters to nobody in particular.
LANGUAGE_CODE = env.text("ATTUNE_LANGUAGE", "en")
# Their own names stand at the foot of a page.
LANGUAGES = [("en", "English"), ("es", "Spanish"), ("zh-hans", "Simplified Chinese")]
LOCALE_PATHS = [BASE_DIR / "lti_tool" / "locale"]
FORMAT_MODULE_PATH = "lti_tool.core.formats"
# The reader's choice, set by a form of theirs: it must reach us from a frame, as the session's cookie.
LANGUAGE_COOKIE_NAME = f"{_HOST}attune_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_I18N = True
# The clock of the institution, where a page must say what is morning and what is evening.
LOCAL_ZONE = ZoneInfo(env.text("ATTUNE_TIME_ZONE", "UTC"))
USE_TZ = True

# One snippet's own bounds are set per deployment; this is the ceiling nobody can raise from a page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 32
# Pictures of a face never touch a disk in clear: uploads stay in memory; asgi.py refuses larger bodies.
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 32

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "lti_tool.core.logs.GuardedFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("ATTUNE_LOG_LEVEL", "INFO")},
    # Django's own handlers would write addresses as they are.
    "loggers": {"django": {"handlers": []}, "django.server": {"handlers": [], "propagate": True}},
}
