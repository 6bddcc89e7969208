"""What is refused at the door, and notices nobody should send: a message or a verdict each time."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzzing import guarded
from mutated_notices import BOMB, SMALL_LOT, Random, mutated, sound
from tyngdepunkt.analyses.procurement.door import MAX_BYTES
from tyngdepunkt.analyses.procurement.eforms import MOST_LOTS, read
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error

COUNT = 500
"""In the suite; `scripts/fuzz.py --kind notice --count 10000` tries as many as it is told."""
MEASURED = """\
import json, sys
from tyngdepunkt.cli import run
code = run(["procurement", "check", sys.argv[1], "--json"])
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps([code, int(peak.split()[1]) * 1024]), file=sys.stderr)
"""


def _refused(content: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read(content)
    for lang in ("nb", "nn", "en"):
        assert explain_error(caught.value, lang)
    [fault] = caught.value.faults
    return fault.key.removeprefix("analyses.procurement:")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        ("\n ".encode("utf-16"), "empty"),
        (sound()[:-30], "not_xml"),
        (sound().replace(b"<ContractNotice", BOMB.encode() + b"]><ContractNotice", 1), "doctype"),
        (b"<!-- " + b"x" * 100_000 + b' --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (sound().replace(b"UTF-8", b"cp037"), "encoding"),
        (sound().decode().encode("utf-32"), "encoding"),
        (
            sound().replace(b"ContractNotice-2", b"Invoice-2").replace(b"ContractNotice", b"Invoice"),
            "no_notice",
        ),
        (b"<html/>", "no_notice"),
        (sound().replace(b"urn:oasis", b"urn:others"), "no_notice"),
        (sound(MOST_LOTS + 1, SMALL_LOT), "too_many_lots"),
        (b"<" * 300_000, "not_xml"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "not_xml"),
        (b" " * (MAX_BYTES + 1), "too_large"),
    ],
    ids=str,
)
def test_what_is_refused(content: bytes, key: str) -> None:
    assert _refused(content) == key


def test_utf_16_and_a_byte_order_mark_are_read() -> None:
    plain = read(sound())
    for content in (b"\xef\xbb\xbf" + sound(), sound().decode().replace("UTF-8", "UTF-16").encode("utf-16")):
        assert [lot.record for lot in read(content).lots] == [lot.record for lot in plain.lots]


def test_notices_nobody_should_send(notices: Path, notice: Callable[..., bytes]) -> None:
    stored = [notice(path.stem) for path in sorted(notices.glob("*national-e*.xml"))]
    whole = 0
    for at in range(COUNT):
        content = mutated(Random(f"notice:{at}"), stored)
        try:
            guarded(content)
        except UserError as error:
            explain_error(error, "nb")
        else:
            whole += 1
    assert COUNT // 10 < whole < COUNT


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux's own books")
@pytest.mark.parametrize(
    "content",
    [
        sound(MOST_LOTS, SMALL_LOT),
        sound(1_500),
        sound().replace(b"<ContractNotice", BOMB.encode() + b"]><ContractNotice", 1),
        sound().replace(b"Minste", b"omsetning 1 000 NOK " * 200_000),
    ],
    ids=["ten thousand lots", "1,500 lots", "a bomb", "four megabytes of text"],
)
def test_memory_stays_within_its_bound(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "notice.xml"
    file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    code, memory = json.loads(done.stderr.splitlines()[-1])
    assert memory <= min(80e6 + 20 * len(content), 512e6), memory
    if code == 0:
        assert json.loads(done.stdout)["counts"]
