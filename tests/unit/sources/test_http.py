"""Every way in which a source may answer badly, by a server on this machine that does."""

import gzip
import logging
import socket
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client, Limits, RefusedError
from tyngdepunkt.sources.jsonstat import read_jsonstat
from tyngdepunkt.sources.pace import Pace
from tyngdepunkt.texts import explain_error
from unit.sources.served import Answer, Server, Time, as_json, packed, problem

SECRET = "s3cr3t-k3y-0f-0urs"  # noqa: S105


def client(server: Server, time: Time, **limits: Any) -> Client:
    return Client(server.address, clock=time.clock, limits=Limits(**limits))


def fault(error: pytest.ExceptionInfo[UserError]) -> str:
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))
    (only,) = error.value.faults
    return only.key.removeprefix("sources:")


def test_a_packed_and_a_plain_answer_are_the_same(server: Server, time: Time) -> None:
    body = "æøå".encode() * 1000
    server.say(packed(body), Answer(body))
    asking = client(server, time)
    assert asking.ask("x", len) == asking.ask("x", len) == (body, len(body))
    assert server.asked[0].headers["accept-encoding"] == "gzip"
    assert time.slept == []


def test_what_is_asked_stands_in_the_address_or_the_body(server: Server, time: Time) -> None:
    client(server, time).ask("tables/1/data", len, params={"codelist[Region]": "å b"}, body={"a": [1]})
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/api/v2/tables/1/data", {"a": [1]})
    assert asked.query == {"codelist[Region]": ["å b"]}


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        (Answer(b"", 429, {"Retry-After": "7"}), [7]),
        (Answer(b"", 429), [60]),
        (Answer(b"", 429, {"Retry-After": "soon"}), [60]),
        (
            Answer(
                b"",
                429,
                {"Date": "Sun, 29 Nov 2026 08:00:00 GMT", "Retry-After": "Sun, 29 Nov 2026 08:00:09 GMT"},
            ),
            [9],
        ),
        (Answer(b"", 503, {"Retry-After": "3"}), [3]),
        (Answer(b"", 500), [1]),
        (Answer(b"{}", cut=1), [1]),
        (Answer(packed(b"x" * 999).body, headers={"Content-Encoding": "gzip"}, cut=4), [1]),
        (Answer(packed(b"x" * 999).body[:-4], headers={"Content-Encoding": "gzip"}), [1]),
        (Answer(b"not gzip", headers={"Content-Encoding": "gzip"}), [1]),
    ],
)
def test_what_passes_is_waited_for(server: Server, time: Time, answer: Answer, waits: list[float]) -> None:
    server.say(answer, Answer(b"well"))
    assert client(server, time).ask("x", len) == (b"well", 4)
    assert time.slept == waits


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(b"", 429), "too_many_calls"),
        (Answer(b"", 502), "out_of_order"),
        (Answer(b"{}", cut=1), "cut_off"),
        (Answer(b'{"class": "dataset"'), "not_json"),
        (
            as_json(
                {
                    "class": "dataset",
                    "id": ["A"],
                    "dimension": {"A": {"category": {"index": ["a"]}}},
                    "value": [],
                }
            ),
            "wrong_size",
        ),
    ],
)
def test_what_does_not_pass_is_told_after_a_few_attempts(
    server: Server, time: Time, answer: Answer, expected: str
) -> None:
    server.say(answer)
    with pytest.raises(UserError) as error:
        client(server, time, attempts=3).ask("x", lambda content: read_jsonstat(content, "x"))
    assert fault(error) == expected
    assert len(server.asked) == 3


def test_waits_double(server: Server, time: Time) -> None:
    server.say(Answer(b"", 500))
    with pytest.raises(UserError):
        client(server, time).ask("x", len)
    assert time.slept == [1, 2, 4, 8]


def test_a_wait_of_an_hour_is_told_instead_of_waited(server: Server, time: Time) -> None:
    server.say(Answer(b"", 429, {"Retry-After": "3600"}))
    with pytest.raises(UserError) as error:
        client(server, time).ask("x", len)
    assert fault(error) == "come_back_later"
    assert error.value.faults[0].values["minutes"] == 60
    assert time.slept == []


def test_a_refusal_is_told_in_the_words_of_the_source(server: Server, time: Time) -> None:
    server.say(problem(400, "Non-existent value", "Value, xxx is not\n a valid value"))
    with pytest.raises(RefusedError) as error:
        client(server, time).ask("x", len)
    assert fault(error) == "refused"
    assert error.value.said == "Non-existent value. Value, xxx is not a valid value"
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b"", b"plain words", b"[" * 100_000, b"null", b"\xff\xfe", b"x" * 200_000])
def test_a_refusal_in_any_form_is_told(server: Server, time: Time, body: bytes) -> None:
    server.say(Answer(body, 404))
    with pytest.raises(RefusedError) as error:
        client(server, time).ask("x", len)
    assert fault(error) == "refused"
    assert len(error.value.said) <= 200


def test_a_redirect_is_followed_on_the_same_host_only(server: Server, time: Time) -> None:
    server.say(Answer(b"", 308, {"Location": "/api/v3/x"}), Answer(b"there"))
    asking = client(server, time)
    assert asking.ask("x", len, body={"a": 1})[0] == b"there"
    assert [(asked.method, asked.path, asked.body) for asked in server.asked] == [
        ("POST", "/api/v2/x", {"a": 1}),
        ("POST", "/api/v3/x", {"a": 1}),
    ]


@pytest.mark.parametrize(
    "to",
    [
        "http://localhost:{port}/x",
        "http://127.0.0.1:1/x",
        "https://127.0.0.1:{port}/x",
        "//evil.example/x",
        "http://[",
        "/api/v2/x",
    ],
)
def test_a_redirect_elsewhere_or_in_a_ring_is_refused(server: Server, time: Time, to: str) -> None:
    server.say(Answer(b"", 302, {"Location": to.format(port=server.server_address[1])}))
    with pytest.raises(UserError) as error:
        client(server, time).ask("x", len)
    assert fault(error) == "redirected"
    assert len(server.asked) == (4 if to == "/api/v2/x" else 1)


def test_a_small_answer_that_grows_without_end_is_stopped_while_it_grows(server: Server, time: Time) -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 1)
    server.say(Answer(bomb, headers={"Content-Encoding": "gzip"}))
    tracemalloc.start()
    with pytest.raises(UserError) as error:
        client(server, time, bytes=2 * 1024 * 1024).ask("x", len)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fault(error) == "answer_too_large"
    assert peak < 10 * 1024 * 1024
    assert len(server.asked) == 1


def test_a_large_plain_answer_and_another_packing_are_refused(server: Server, time: Time) -> None:
    server.say(Answer(b"x" * 2000), Answer(b"x", headers={"Content-Encoding": "br"}))
    found = []
    for _ in range(2):
        with pytest.raises(UserError) as error:
            client(server, time, bytes=1000).ask("x", len)
        found.append(fault(error))
    assert found == ["answer_too_large", "strange_encoding"]


def test_an_answer_that_drips_for_ever_is_given_up(server: Server, time: Time) -> None:
    server.say(Answer(b"x" * 500_000))
    asking = client(server, time, attempts=1, seconds=-1)
    with pytest.raises(UserError) as error:
        asking.ask("x", len)
    assert fault(error) == "too_slow"


def test_silence_and_nobody_at_home_are_told(server: Server, time: Time) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(UserError) as error,
            Client(base, clock=time.clock, limits=Limits(attempts=1, timeout=0.05)) as asking,
        ):
            asking.ask("x", len)
        assert fault(error) == "too_slow"
    with pytest.raises(UserError) as error, Client(base, clock=time.clock) as asking:
        asking.ask("x", len)
    assert fault(error) == "no_contact"


def test_a_key_stands_in_no_message_and_no_log(
    server: Server, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.say(
        problem(401, f"the key {SECRET} is not known"),
        Answer(b"", 302, {"Location": "http://other.example/"}),
        Answer(f"<{SECRET}>".encode()),
    )
    asking = Client(server.address, secrets={"Ocp-Apim-Subscription-Key": SECRET}, clock=time.clock)
    told = []
    for _ in range(3):
        with pytest.raises(UserError) as error:
            asking.ask("x", len)
        told += [str(error.value), repr(error.value), *map(str, error.value.args)]
        told += [str(explain_error(error.value, language)) for language in ("nb", "nn", "en")]
    assert {asked.headers["ocp-apim-subscription-key"] for asked in server.asked} == {SECRET}
    assert len(server.asked) == 3
    assert SECRET not in "".join([*told, caplog.text])


def test_a_token_is_not_shown_without_the_word_before_it_either(server: Server, time: Time) -> None:
    server.say(problem(401, f"token {SECRET} has ended"), Answer(f"<{SECRET}>".encode()))
    asking = Client(server.address, secrets={"Authorization": f"Bearer {SECRET}"}, clock=time.clock)
    for key in ("refused", "secret_in_answer"):
        with pytest.raises(UserError) as error:
            asking.ask("x", len)
        assert fault(error) == key
        assert SECRET not in explain_error(error.value, "nb") + str(error.value)
    assert {asked.headers["authorization"] for asked in server.asked} == {f"Bearer {SECRET}"}


def test_nothing_new_is_no_redirect(server: Server, time: Time) -> None:
    server.say(Answer(b"", 304))
    with pytest.raises(RefusedError) as error:
        client(server, time).ask("x", len, headers={"If-Modified-Since": "Sun, 29 Nov 2026 08:00:00 GMT"})
    assert error.value.status == 304
    assert server.asked[0].headers["if-modified-since"] == "Sun, 29 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    "base",
    [
        f"https://me:{SECRET}@data.example/",
        f"https://data.example/?key={SECRET}",
        "ftp://data.example",
        "data.example",
        "https://",
        "http://[",
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused_unseen(base: str) -> None:
    with pytest.raises(UserError) as error:
        Client(base)
    assert fault(error) == "not_an_address"
    assert SECRET not in explain_error(error.value, "nb")


@pytest.mark.parametrize("key", ["", " ", f"{SECRET}\nX: y", f"{SECRET}ø"])
def test_a_key_that_cannot_be_sent_is_refused_unseen(key: str) -> None:
    with pytest.raises(UserError) as error:
        Client("https://data.example", secrets={"Authorization": key})
    assert fault(error) == "not_a_key"
    assert SECRET not in explain_error(error.value, "nb") + str(error.value)


def test_no_more_calls_than_allowed_in_any_window(time: Time) -> None:
    pace, made = Pace(3, 10, time.clock), []
    for step in range(20):
        time.passed += step % 4
        pace.wait()
        made.append(time.passed)
    assert all(later - first >= 10 for first, later in zip(made, made[3:], strict=False))
    assert max(later - first for first, later in zip(made, made[3:], strict=False)) < 20


def test_a_new_limit_counts_what_has_been_asked(time: Time) -> None:
    pace = Pace(30, 60, time.clock)
    for _ in range(3):
        pace.wait()
    pace.limit(3, 1)
    pace.wait()
    assert time.slept == [1]
    assert [pace.least(calls) for calls in (0, 1, 3, 4, 7)] == [0, 0, 0, 1, 2]


def test_a_calendar_that_jumps_moves_no_wait(server: Server, time: Time) -> None:
    server.say(Answer(b"ok"))
    asking = client(server, time)
    asking.pace.limit(1, 5)
    for year in (2026, 1970, 2100):
        time.today = time.today.replace(year=year)
        asking.ask("x", len)
    assert time.slept == [5, 5]


def test_nothing_of_the_sources_room_reads_the_calendar_to_wait() -> None:
    room = Path(__file__).parents[3] / "src/tyngdepunkt/sources"
    assert [file.name for file in room.glob("*.py") if "time.time(" in file.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("HTTPS_PROXY", "ftp://me:hush@x", "bad_proxy"),
        ("HTTPS_PROXY", "http://me:hush@[::1", "bad_proxy"),
        ("ALL_PROXY", "hush://", "bad_proxy"),
        ("SSL_CERT_FILE", "/nowhere/hush.pem", "bad_certificates"),
        ("SSL_CERT_FILE", __file__, "bad_certificates"),
    ],
)
def test_a_variable_of_the_environment_that_is_wrong_is_told_and_not_shown(
    variable: str, value: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UserError) as error:
        Client("https://example.org")
    assert [fault.key for fault in error.value.faults] == [f"sources:{key}"]
    told = "".join(explain_error(error.value, lang) for lang in ("nb", "nn", "en"))
    assert "hush" not in told + str(error.value)
    assert error.value.__cause__ is None
