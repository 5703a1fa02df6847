"""Under which kind of data each table is let go of, or why the clock lets go of nothing in it.

A test holds this to the tables: one with a moment in it that is not named here fails it.
"""

from lti_tool.domain.retention import Kind

KEPT: dict[str, Kind | str] = {
    "capture.CaptureSession": Kind.CAPTURE_SESSION,
    "capture.Snippet": Kind.CAPTURE_SESSION,
    "records.StressRecord": Kind.STRESS_RECORD,
    "records.SealedSummary": Kind.STRESS_RECORD,
    "records.SessionRemark": Kind.STRESS_RECORD,
    "records.Baseline": Kind.STRESS_RECORD,
    "records.MentalHealthFile": Kind.CLOSED_FILE,
    "vault.DataKey": Kind.CLOSED_FILE,
    "consent.Consent": Kind.CONSENT_ANSWER,
    "privacy.Receipt": Kind.RECEIPT,
    "lti.LoginAttempt": Kind.LOGIN_ATTEMPT,
    "lti.TabPass": Kind.TAB_PASS,
    "lti.DeepLinkingRequest": Kind.DEEP_LINKING_REQUEST,
    "lti.Launch": Kind.LAUNCH,
    "lti.PlatformUser": Kind.PERSON,
    "lti.CounselorGrant": Kind.COUNSELOR_GRANT,
    "lti.CounselorInvitation": Kind.COUNSELOR_INVITATION,
    "lti.RegistrationLink": Kind.REGISTRATION_LINK,
    "sessions.Session": Kind.BROWSER_SESSION,
    "admin.LogEntry": Kind.ADMINISTRATION_LOG,
    "audit.AuditEntry": "The proof of what was done, in pseudonyms that nobody resolves once a person went.",
    "audit.Anchorage": "Where the audit's head was left, and when. Nobody is in it.",
    "auth.User": "An administrator's account. Who runs the installation closes it when somebody leaves.",
    "administration.Authenticator": "An administrator's second factor: gone with the account, or reset.",
    "administration.BackupCodes": "When an administrator's backup codes were used: they go with the account.",
    "activation.Activation": "The basis on which a deployment runs, with who signed it off in office.",
    "lti.Registration": "A platform, not a person.",
    "lti.Deployment": "A place in a platform, not a person.",
    "lti.Context": "A course. Its number of learners is no person, and its title names none.",
    "lti.ResourceLink": "A place in a course, with the date by which its task is due.",
    "lti.ToolKey": "Our own signing key. A rotation clears it away.",
    "records.ClassWeek": "A finished week and its activities, in bands from which nobody can be told.",
}
