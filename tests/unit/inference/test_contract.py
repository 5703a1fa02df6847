"""The contract is the one place, and says what is true of the files beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inference.contract import CONTRACT_FILE, DETECTOR_FILE, NETWORK_FILE, WEIGHTS_DIR, Contract, sha256_of
from inference.errors import ModelFileChanged


def test_every_committed_model_file_is_the_one_named() -> None:
    contract = Contract.read()
    contract.verify(WEIGHTS_DIR)
    assert {DETECTOR_FILE, NETWORK_FILE} <= set(contract.files)


def test_no_model_file_lies_there_unnamed() -> None:
    models = {path.name for path in WEIGHTS_DIR.iterdir() if path.suffix in {".tflite", ".keras"}}
    assert models == set(Contract.read().files)


def test_the_model_version_names_its_network() -> None:
    contract = Contract.read()
    assert contract.model_version.endswith(contract.files[NETWORK_FILE][:8])


def test_every_expression_has_a_weight() -> None:
    contract = Contract.read()
    assert set(contract.score.weights) == set(contract.expressions)


def test_an_entry_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    raw = json.loads(CONTRACT_FILE.read_text())
    raw["gate"]["largest_smile"] = 3
    (tmp_path / "contract.json").write_text(json.dumps(raw))
    with pytest.raises(TypeError, match="largest_smile"):
        Contract.read(tmp_path / "contract.json")


def test_the_detector_is_the_one_in_its_notice() -> None:
    assert sha256_of(WEIGHTS_DIR / DETECTOR_FILE) in (WEIGHTS_DIR / "NOTICE.md").read_text()


def test_an_error_tells_no_path(tmp_path: Path) -> None:
    for name in Contract.read().files:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ModelFileChanged) as caught:
        Contract.read().verify(tmp_path)
    assert str(tmp_path) not in str(caught.value)
