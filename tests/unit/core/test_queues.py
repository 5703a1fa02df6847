"""Measuring and everything else go separate ways."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from celery import Celery
from django.test import override_settings

import lti_tool
from lti_tool.capture import analysis
from lti_tool.capture.limits import CLAIM_HOLDS, MEASURING_MAX_S
from lti_tool.capture.tasks import analyse_snippet, load_models, refuse_to_start_unfit
from lti_tool.celery import app as our_app

ROOMS = [room.name for room in iter_modules(lti_tool.__path__) if room.ispkg]
UNFIT = override_settings(INFERENCE_RUNTIME="no-such-runtime")


@pytest.fixture
def app() -> Iterator[Celery]:
    """The application, whose queues a test may choose as a worker does."""
    yield our_app
    our_app.amqp.queues.select(list(our_app.conf.task_queues))


def _queue_of(name: str) -> str:
    return str(our_app.amqp.router.route({}, name)["queue"].name)


def _tasks() -> list[str]:
    for room in ROOMS:
        if any(module.name == "tasks" for module in iter_modules(import_module(f"lti_tool.{room}").__path__)):
            import_module(f"lti_tool.{room}.tasks")
    return sorted(name for name in our_app.tasks if name.startswith("lti_tool."))


def test_snippets_have_a_queue_to_themselves() -> None:
    queues = {name: _queue_of(name) for name in _tasks()}

    assert len(queues) > 5
    assert {name for name, queue in queues.items() if queue == "snippets"} == {analyse_snippet.name}
    assert set(queues.values()) == {"snippets", "chores"}


def test_what_the_clock_asks_for_is_a_chore_that_exists() -> None:
    asked = {entry["task"] for entry in our_app.conf.beat_schedule.values()}

    assert asked <= set(_tasks())
    assert {_queue_of(name) for name in asked} == {"chores"}


def test_no_message_reaches_both_queues() -> None:
    queues = our_app.amqp.queues
    keys = [(queues[name].exchange.name, queues[name].routing_key) for name in ("snippets", "chores")]
    assert len(set(keys)) == 2


def test_every_task_ends_before_the_broker_hands_it_out_again() -> None:
    patience = our_app.conf.broker_transport_options["visibility_timeout"]

    assert analyse_snippet.time_limit == MEASURING_MAX_S < CLAIM_HOLDS.total_seconds() < patience
    assert MEASURING_MAX_S < our_app.conf.task_time_limit < patience


@pytest.mark.parametrize("queues", ["snippets", "snippets,chores", ""])
def test_a_worker_that_takes_snippets_loads_models_or_does_not_start(
    app: Celery, monkeypatch: pytest.MonkeyPatch, queues: str
) -> None:
    loaded: list[bool] = []
    monkeypatch.setattr(analysis, "load", lambda: loaded.append(True))
    app.amqp.queues.select([queue for queue in queues.split(",") if queue])

    load_models()
    assert loaded == [True]
    with UNFIT, pytest.raises(SystemExit):
        refuse_to_start_unfit()


def test_a_worker_for_chores_loads_no_model_and_needs_none(
    app: Celery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> None:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr(analysis, "load", never)
    app.amqp.queues.select(["chores"])

    load_models()
    with UNFIT:
        refuse_to_start_unfit()
