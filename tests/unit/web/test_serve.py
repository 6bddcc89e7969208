"""The web is opened on a port: what is told before anything is loaded, and once it is open."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.web.serve import HOST, listen

COMMAND = Path(sys.executable).parent / "tyngdepunkt"
EVERYWHERE = "0.0.0.0"  # noqa: S104  # to see that it is warned of


def keys(error: UserError) -> list[str]:
    return [fault.key for fault in error.faults]


@pytest.fixture
def taken() -> Iterator[int]:
    with listen(0) as held:
        yield held.getsockname()[1]


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(UserError) as told:
        listen(port)
    assert keys(told.value) == ["web:port_refused"]


@pytest.mark.parametrize("host", ["nowhere", "::1", "192.0.2.1"])
def test_an_address_that_this_machine_does_not_have_is_refused(host: str) -> None:
    with pytest.raises(UserError) as told:
        listen(0, host)
    assert keys(told.value) == ["web:host_refused"]


def test_a_taken_port_is_told_with_another_to_try(taken: int) -> None:
    with pytest.raises(UserError) as told:
        listen(taken)
    assert keys(told.value) == ["web:port_in_use"]
    assert told.value.faults[0].values["other"] == str(taken + 1)


def test_nobody_else_reaches_it_unless_told_otherwise() -> None:
    with listen(0) as held:
        assert held.getsockname()[0] == HOST == "127.0.0.1"
        assert held.proto == socket.IPPROTO_TCP


def test_a_taken_port_is_one_message_and_exit_code_one(taken: int) -> None:
    outcome = subprocess.run([COMMAND, "serve", "--port", str(taken)], capture_output=True, text=True)
    assert outcome.returncode == 1
    assert str(taken + 1) in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("host", [HOST, EVERYWHERE])
def test_the_command_opens_the_web_and_warns_when_others_can_reach_it(host: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--host", host, "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TYNGDEPUNKT_DATA": str(tmp_path)},
    ) as running:  # fmt: skip
        assert running.stdout
        said = running.stdout.readline()
        port = re.search(r":(\d+)/", said)
        assert port, said
        with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}/place/5025.json") as answer:
            assert answer.status == 200
        running.terminate()
        _, warned = running.communicate(timeout=30)
    assert ("no login" in warned) == (host == EVERYWHERE)
