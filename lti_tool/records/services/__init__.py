"""Open, append, read, take out, bring in, publish, destroy. Every read is audited in its own transaction."""

from lti_tool.records.history import History, Observation
from lti_tool.records.services.attendance import compare_with_roster, courses_with_rosters
from lti_tool.records.services.baselines import refresh_baseline
from lti_tool.records.services.check_ins import (
    delete_check_in,
    hide_check_ins,
    keep_check_in,
    read_own_check_in,
)
from lti_tool.records.services.emergencies import end_emergency, grant_emergency, read_in_emergency
from lti_tool.records.services.exporting import Exported, Order, export_files
from lti_tool.records.services.files import destroy_file, open_file
from lti_tool.records.services.importing import Imported, import_files
from lti_tool.records.services.keeping import delete_old_records, forget_closed_files, old_records
from lti_tool.records.services.reading import (
    read_file,
    read_files_in_care,
    read_for_rule,
    read_latest,
    read_own_session,
    read_sessions,
    read_shared_files,
)
from lti_tool.records.services.remarks import say_of_session
from lti_tool.records.services.summarising import add_missing_summaries, summarise_sessions
from lti_tool.records.services.weeks import publish_class_week, publish_finished_weeks
from lti_tool.records.services.writing import append_record
from lti_tool.records.summaries import SessionHistory, SessionSummary

__all__ = [
    "Exported",
    "History",
    "Imported",
    "Observation",
    "Order",
    "SessionHistory",
    "SessionSummary",
    "add_missing_summaries",
    "append_record",
    "compare_with_roster",
    "courses_with_rosters",
    "delete_check_in",
    "delete_old_records",
    "destroy_file",
    "end_emergency",
    "export_files",
    "forget_closed_files",
    "grant_emergency",
    "hide_check_ins",
    "import_files",
    "keep_check_in",
    "old_records",
    "open_file",
    "publish_class_week",
    "publish_finished_weeks",
    "read_file",
    "read_files_in_care",
    "read_for_rule",
    "read_in_emergency",
    "read_latest",
    "read_own_check_in",
    "read_own_session",
    "read_sessions",
    "read_shared_files",
    "refresh_baseline",
    "say_of_session",
    "summarise_sessions",
]
