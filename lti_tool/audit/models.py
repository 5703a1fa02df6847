"""The audit chain: each entry holds the hash of the one before it. Knows pseudonyms, never names."""

from typing import Any, Final, NoReturn

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.audit import chain

HEAD: Final = 1
"""The primary key of the one row that is the chain's head."""


class Action(models.TextChoices):
    """What somebody did."""

    PLATFORM_REGISTERED = "platform_registered"
    REGISTRATION_LINK_MADE = "registration_link_made"
    REGISTRATION_LINK_WITHDRAWN = "registration_link_withdrawn"
    DEPLOYMENT_APPROVED = "deployment_approved"
    DEPLOYMENT_SUSPENDED = "deployment_suspended"
    ACTIVATION_DRAFTED = "activation_drafted"
    ACTIVATION_DRAFT_DISCARDED = "activation_draft_discarded"
    DEPLOYMENT_CHANGED = "deployment_changed"
    DEPLOYMENT_ACTIVATED = "deployment_activated"
    ACTIVATION_SUPERSEDED = "activation_superseded"
    ACTIVATION_REVOKED = "activation_revoked"
    NOTICES_ASKED_FOR = "notices_asked_for"
    COURSE_COPIED = "course_copied"
    TOOL_KEY_MADE = "tool_key_made"
    TOOL_KEYS_ROTATED = "tool_keys_rotated"
    KEYS_REWRAPPED = "keys_rewrapped"
    COUNSELOR_INVITED = "counselor_invited"
    COUNSELOR_INVITATION_WITHDRAWN = "counselor_invitation_withdrawn"
    COUNSELOR_GRANTED = "counselor_granted"
    COUNSELOR_REVOKED = "counselor_revoked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_DECLINED = "consent_declined"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NAME_SHARED = "name_shared"
    NAME_FORGOTTEN = "name_forgotten"
    CAPTURE_STARTED = "capture_started"
    CAPTURE_STOPPED = "capture_stopped"
    FILE_OPENED = "file_opened"
    RECORD_APPENDED = "record_appended"
    SESSIONS_SUMMARISED = "sessions_summarised"
    BASELINE_REFRESHED = "baseline_refreshed"
    ATTENDANCE_NOTED = "attendance_noted"
    FILE_READ = "file_read"
    SESSION_READ = "session_read"
    REMARK_WRITTEN = "remark_written"
    REMARK_DELETED = "remark_deleted"
    CHECK_IN_KEPT = "check_in_kept"
    CHECK_IN_DELETED = "check_in_deleted"
    CHECK_INS_HIDDEN = "check_ins_hidden"
    OWN_EXPORT = "own_export"
    CLASS_WEEK_PUBLISHED = "class_week_published"
    RECORDS_EXPIRED = "records_expired"
    TIME_OVER = "time_over"
    FILE_EXPORTED = "file_exported"
    ARCHIVE_MADE = "archive_made"
    FILE_IMPORTED = "file_imported"
    ARCHIVE_IMPORTED = "archive_imported"
    ALERT_RAISED = "alert_raised"
    CONTACT_ASKED = "contact_asked"
    CASE_OPENED = "case_opened"
    CASE_READ = "case_read"
    CASE_STEP = "case_step"
    CASE_NOTE_WRITTEN = "case_note_written"
    CASE_WORD_SAID = "case_word_said"
    CASE_ESCALATED = "case_escalated"
    CASE_DESTROYED = "case_destroyed"
    FILE_DESTROYED = "file_destroyed"
    ERASURE_FINISHED = "erasure_finished"
    DIARY_WRITTEN = "diary_written"
    DIARY_READ = "diary_read"
    DIARY_DESTROYED = "diary_destroyed"
    SECOND_FACTOR_ENROLLED = "second_factor_enrolled"
    SECOND_FACTOR_RESET = "second_factor_reset"
    BACKUP_CODE_USED = "backup_code_used"
    EMERGENCY_GRANTED = "emergency_granted"
    EMERGENCY_ENDED = "emergency_ended"
    EMERGENCY_READ = "emergency_read"


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Refuses what would rewrite history. Whoever reaches the database itself is found by `verify`."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ANN401  # Django's own signature
        """Refused."""
        raise TypeError("An audit entry is never changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("An audit entry is never deleted.")


class AuditEntry(models.Model):
    """One thing that somebody did. Pseudonyms only; never changed, never deleted."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=40, choices=Action.choices)
    subject = models.CharField(max_length=120)
    purpose = models.CharField(max_length=80, blank=True)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject", "action", "actor"]),
            models.Index(fields=["actor"]),  # a person asks what is written of them
        ]

    def __str__(self) -> str:
        return f"audit entry {self.sequence}"

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        """Only once."""
        if self.pk is not None:
            raise TypeError("An audit entry is never changed.")
        super().save(**kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused."""
        raise TypeError("An audit entry is never deleted.")

    def expected_hash(self) -> str:
        """What `entry_hash` must be if nothing was touched."""
        return chain.entry_hash(
            sequence=self.sequence,
            at=self.at,
            actor=self.actor,
            action=self.action,
            subject=self.subject,
            purpose=self.purpose,
            previous_hash=self.previous_hash,
        )


class ChainHead(models.Model):
    """The chain's last entry, in one row: writers queue at it, and a cut-off end is noticed by it."""

    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64, default=chain.GENESIS)

    def __str__(self) -> str:
        return f"head of the audit chain at {self.sequence}"


class Anchorage(models.Model):
    """One place outside where the head is left, and how that went the last time. Holds no secret of it."""

    label = models.CharField(_("where"), max_length=200, unique=True)
    sequence = models.PositiveBigIntegerField(_("newest entry anchored there"), default=0)
    anchored_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return gettext("anchors at %(place)s") % {"place": self.label}
