"""The platform as a program of its own: it announces itself, answers, and leaves cleanly."""

import json
import signal
import subprocess
import sys

import httpx
import pytest


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(how: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.platform", "--port", "0", "--json"]
    command += ["--tool-url", "http://localhost:8000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            announced = json.loads(process.stdout.readline())
            assert httpx.get(f"{announced['url']}/healthz").text == "ok\n"
            assert announced["registration"]["issuer"] == announced["url"]
            process.send_signal(how)
            assert process.wait(timeout=10) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{announced['url']}/healthz")


def test_knowing_the_people_costs_no_web_framework() -> None:
    code = (
        "import sys, tests.platform.people; print(sorted({'starlette', 'uvicorn', 'jwt'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
