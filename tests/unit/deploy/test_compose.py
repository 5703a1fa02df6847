"""Who may reach whom in the compose file. Read here, and never run: there is no container engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[3] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]

CLOSED = {"worker", "worker-gpu", "beat", "migrate", "database", "broker"}
OUTWARD = {"web", "chores"}
OURS = {*CLOSED, *OUTWARD} - {"database", "broker"}


def networks_of(service: str) -> set[str]:
    """Named in a list, or each with its own settings."""
    return set(SERVICES[service]["networks"])


def internal() -> set[str]:
    return {name for name, network in COMPOSE["networks"].items() if (network or {}).get("internal")}


def test_every_service_is_in_a_named_network() -> None:
    """One without would be in the default one, which leads out."""
    assert [name for name, service in SERVICES.items() if not service.get("networks")] == []
    assert {*CLOSED, *OUTWARD, "proxy"} == set(SERVICES)
    assert {network for name in SERVICES for network in networks_of(name)} == set(COMPOSE["networks"])


@pytest.mark.parametrize("service", sorted(CLOSED))
def test_what_measures_and_what_keeps_reaches_nothing_outside(service: str) -> None:
    assert networks_of(service) <= internal()
    assert "network_mode" not in SERVICES[service]
    assert "ports" not in SERVICES[service]


def test_the_measuring_worker_takes_no_chores() -> None:
    """Or it would need a way out."""
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    assert dockerfile.count('"--queues", "snippets"') == 2
    assert "command" not in SERVICES["worker"]
    assert "chores" in SERVICES["chores"]["command"]


@pytest.mark.parametrize("service", sorted(OUTWARD))
def test_what_asks_platforms_has_a_way_out(service: str) -> None:
    assert networks_of(service) - internal()


def test_only_the_proxy_can_be_reached_from_outside_and_it_reaches_the_web_alone() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert {name for name in SERVICES if networks_of(name) & networks_of("proxy")} == {"proxy", "web"}


@pytest.mark.parametrize("service", sorted(OURS))
def test_a_process_of_ours_can_change_nothing_of_its_container(service: str) -> None:
    hardened = SERVICES[service]
    assert hardened["read_only"] is True
    assert hardened["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in hardened["security_opt"]
    assert "privileged" not in hardened


def test_the_runbook_names_the_networks() -> None:
    told = (FOLDER / "RUNBOOK.md").read_text(encoding="utf-8")
    assert [name for name in COMPOSE["networks"] if f"*{name}*" not in told] == []
