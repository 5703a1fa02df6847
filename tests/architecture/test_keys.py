"""Where keys may be touched: in the vault, and where a file is opened after asking who may."""

import ast
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "lti_tool"
OPENS = {"open_data_key", "open_data_keys", "unwrap", "unwrap_all", "unwrap_ephemeral", "reveal"}
MAY_OPEN = {
    "records/services/reading.py",  # after `sight_for`, which knows the student and their counselors only
    "records/services/writing.py",
    "records/services/check_ins.py",  # for the student whose file it is, and for a rule that shows nobody
    "records/services/baselines.py",
    "records/services/summarising.py",  # gives nothing away
    "records/services/exporting.py",  # after `files_in_care`, for one counselor; nothing leaves unlocked
    "records/services/importing.py",  # seals what an archive holds, and reads what was learned here
    "records/services/remarks.py",
    "records/services/weeks.py",  # gives away bands of ten people and more
    "wellbeing/services/opening.py",  # the student's own diary, for that student
    "alerts/services/reading.py",  # for the student, and for counselors of the course
    "alerts/services/opening.py",  # seals only
    "alerts/services/writing.py",  # seals only
    "capture/spool.py",
}


def modules() -> dict[str, ast.Module]:
    paths = [path for path in ROOMS.rglob("*.py") if "migrations" not in path.parts]
    return {str(p.relative_to(ROOMS)): ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def uses(module: ast.Module) -> set[str]:
    named = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    return named | {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}


def test_data_keys_are_opened_in_these_places_only() -> None:
    opening = {name for name, module in modules().items() if uses(module) & OPENS}
    assert {name for name in opening if not name.startswith("vault/")} == MAY_OPEN


def test_no_page_of_any_room_opens_a_key() -> None:
    for name, module in modules().items():
        if "views" in name or "dashboards" in name or "templatetags" in name:
            assert not uses(module) & (OPENS | {"SecretKey", "unseal"}), name


def test_only_the_vault_reads_the_settings_of_keys() -> None:
    for name, module in modules().items():
        texts = {node.value for node in ast.walk(module) if isinstance(node, ast.Constant)}
        told = {text for text in texts if isinstance(text, str) and text.startswith("ATTUNE_KEK")}
        assert not told or name.startswith("vault/"), name
