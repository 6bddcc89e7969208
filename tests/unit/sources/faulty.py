"""Faults that every source can answer with, and what a client that keeps its head does about each."""

from dataclasses import dataclass
from typing import Any

from tyngdepunkt.sources.http import Limits
from unit.sources.served import Answer, Asked, Server, Time, as_json, packed

LIMITS = Limits(attempts=2, bytes=4 * 1024 * 1024)
"""Of a client that is faced with these: a bomb need not be large to be too large."""
OFF = {"Retry-After": "Fri, 01 Jan 1999 00:00:07 GMT", "Date": "Fri, 01 Jan 1999 00:00:03 GMT"}
ELSEWHERE = Answer(status=302, headers={"Location": "http://elsewhere.example/x"})
PASSING = {
    "429 with a time to wait": (as_json({"message": "Too many."}, 429, **{"Retry-After": "4"}), [4.0]),
    "429 by a clock that is off": (as_json({}, 429, **OFF), [4.0]),
    "429 without": (as_json({"message": "Too many."}, 429), [60.0]),
    "503": (Answer(status=503), [1.0]),
    "500": (Answer(b"", 500), [1.0]),
    "a body that is cut": (Answer(b'{"metadata": {}}', cut=5), [1.0]),
    "half a document": (Answer(b'{"metadata": {"tot'), [1.0]),
}  # fmt: skip
"""What passes: the fault, then the waits there must be before the answer that is well."""
LASTING = {
    "429": (Answer(status=429), "too_many_calls"),
    "a long wait": (as_json({}, 429, **{"Retry-After": "9000"}), "come_back_later"),
    "503": (Answer(status=503), "out_of_order"),
    "a body that is cut": (Answer(b'{"metadata": {}}', cut=5), "cut_off"),
    "half a document": (Answer(b'{"metadata": {"tot'), "not_as_documented"),
    "another form": (as_json({"something": "else"}), "not_as_documented"),
    "another host": (ELSEWHERE, "redirected"),
    "forbidden": (as_json({"title": "No."}, 403), "refused"),
    "not found": (Answer(status=404), "refused"),
    "a bomb": (packed(bytes(5 * 1024 * 1024)), "answer_too_large"),
}
"""What does not pass, and the fault that is told."""


@dataclass
class Once:
    """A fault for the first call, and then the service behind it."""

    server: Server
    fault: Answer

    def __post_init__(self) -> None:
        self.well: Any = self.server.answer
        self.server.answer = self

    def __call__(self, asked: Asked) -> Answer:
        if len(self.server.asked) == 1:
            return self.fault
        answer: Answer = self.well(asked)
        return answer


@dataclass
class Jumping:
    """The service behind it, and a calendar that jumps at every call."""

    server: Server
    time: Time

    def __post_init__(self) -> None:
        self.well: Any = self.server.answer
        self.server.answer = self

    def __call__(self, asked: Asked) -> Answer:
        year = (1970, 2100)[len(self.server.asked) % 2]
        self.time.today = self.time.today.replace(year=year)
        answer: Answer = self.well(asked)
        return answer
