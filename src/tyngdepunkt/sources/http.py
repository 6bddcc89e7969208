"""Asking an official source over HTTP: slowly, bounded, and never anybody else than it.

A fault that may pass (too many calls, 5xx, a connection that breaks, half an answer) is tried again after
a wait that doubles, or as long as the source says (`Retry-After`, RFC 9110 section 10.2.3). What does not
pass is a `UserError`. The body is decompressed a piece at a time, so that a small answer cannot grow past
the limit. A redirect is followed on the same host only. What is secret is given as headers, which stand in
no message, log or file.
"""

from __future__ import annotations

import re
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

import httpx
import msgspec

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.contract import MAX_BYTES
from tyngdepunkt.sources.pace import Clock, Pace

CALLS, WINDOW = 30, 60.0
"""Calls in a window of seconds where a source does not state its limit."""
_NONE: Mapping[str, str] = MappingProxyType({})
_MOST_HOPS, _MOST_SAID, _PROBLEM_BYTES = 3, 200, 64 * 1024
_PASSING = (408, 429, 500, 502, 503, 504)
_HOST = re.compile(r"[\w.:-]+")
_GZIP, _PIECE = 16 + zlib.MAX_WBITS, 1 << 20

Checked = TypeVar("Checked")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost.

    Args:
        attempts: how often a call is made before it is given up.
        bytes: size of an answer, decompressed.
        timeout: seconds without a byte.
        seconds: seconds for one whole answer.
        wait: the longest wait in seconds that the source may ask for.
    """

    attempts: int = 5
    bytes: int = MAX_BYTES
    timeout: float = 60.0
    seconds: float = 600.0
    wait: float = 300.0


class RefusedError(UserError):
    """The source answered, and said no.

    Args:
        fault: what is told.
        status: HTTP status.
        said: the source's own words, cut short and without what is secret.
    """

    def __init__(self, fault: Fault, status: int, said: str) -> None:
        super().__init__(fault)
        self.status, self.said = status, said


class _PassingError(Exception):
    """A fault that may pass: what is told if it does not, and how long to wait, where that is known."""

    def __init__(self, error: UserError, wait: float | None = None) -> None:
        super().__init__()
        self.error, self.wait = error, wait


class Client:
    """One source at one address.

    Args:
        base: where its paths begin, for instance `https://data.ssb.no/api/pxwebapi/v2`; no user name,
            password or query in it.
        secrets: headers that must not be seen, for instance a subscription key. Of `Bearer TOKEN` the token
            alone is not shown either.
        accept: media type that is asked for, where the source has several.
        clock: where time comes from.
        limits: what one answer may cost.

    Raises:
        UserError: the address is none, or holds what is secret; a secret cannot be a header.
    """

    def __init__(
        self,
        base: str,
        *,
        secrets: Mapping[str, str] = _NONE,
        accept: str = "*/*",
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._base = plain_address(base)
        self._secrets = {name: _key(value) for name, value in secrets.items()}
        self._hidden = [word for value in self._secrets.values() for word in (value, value.split()[-1])]
        self.clock = clock or Clock()
        self.limits = limits or Limits()
        self.pace = Pace(CALLS, WINDOW, self.clock)
        self._said_date: datetime | None = None
        told = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": "tyngdepunkt"}
        headers = {**told, **self._secrets}
        self._http = _http_client(headers, self.limits.timeout)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def host(self) -> str:
        """Name of the source's machine, as messages tell it."""
        return self._base.netloc.decode()

    def source_time(self) -> datetime:
        """What the source's own clock last said (`Date`), else ours: a calendar here may be off by years."""
        return self._said_date or self.clock.now()

    def address(self, path: str) -> str:
        """The whole address of a path, as provenance tells it."""
        return f"{str(self._base).rstrip('/')}/{path}"

    def ask(
        self,
        path: str,
        check: Callable[[bytes], Checked],
        *,
        params: Mapping[str, str] = _NONE,
        headers: Mapping[str, str] = _NONE,
        body: Any = None,
    ) -> tuple[bytes, Checked]:
        """The body of an answer, and what `check` makes of it.

        Args:
            path: below the base, without a slash in front.
            check: reads the body; a `UserError` of it means that the answer is broken and is asked for anew.
            params: what stands after the question mark.
            headers: of this call alone; nothing secret.
            body: sent as JSON with POST; without it GET is used.

        Raises:
            RefusedError: the source said no.
            UserError: it could not be reached, sent on to another host, answered too much, or the fault
                did not pass.
        """
        request = self._http.build_request(
            "GET" if body is None else "POST",
            self.address(path),
            params=dict(params) or None,
            content=None if body is None else msgspec.json.encode(body),
            headers={**headers, **({} if body is None else {"Content-Type": "application/json"})},
        )

        def read(response: httpx.Response) -> tuple[bytes, Checked]:
            content = b"".join(self._pieces(response, self.limits.bytes))
            if any(secret.encode() in content for secret in self._hidden):
                raise self._fault("secret_in_answer")
            try:
                return content, check(content)
            except UserError as error:
                raise _PassingError(error) from error

        return self._tried(request, read)

    def save(self, path: str, file: Path, most: int) -> int:
        """Keep the body of a large answer as it comes over the wire, packed or not.

        Args:
            path: below the base, without a slash in front.
            file: where to; it is written anew at each attempt, and may be there in part after a fault.
            most: bytes that may come.

        Returns:
            Size of the file in bytes.

        Raises:
            RefusedError: the source said no.
            UserError: as of `ask`.
        """

        def read(response: httpx.Response) -> int:
            end, size = self.clock.monotonic() + self.limits.seconds, 0
            with file.open("wb") as kept:
                for wire in response.iter_raw():
                    size += kept.write(wire)
                    if size > most:
                        raise self._fault("answer_too_large", limit=most // 1024 // 1024)
                    if self.clock.monotonic() > end:
                        raise _PassingError(self._fault("too_slow"))
            return size

        return self._tried(self._http.build_request("GET", self.address(path)), read)

    def _tried(self, request: httpx.Request, read: Callable[[httpx.Response], Read]) -> Read:
        """What `read` makes of the answer, asked for until it is well or given up."""
        for attempt in range(1, self.limits.attempts + 1):
            try:
                return self._once(request, read)
            except _PassingError as passing:
                if attempt == self.limits.attempts:
                    raise passing.error from passing.__cause__
                self.clock.sleep(2.0 ** (attempt - 1) if passing.wait is None else passing.wait)
        raise AssertionError("a client makes at least one attempt")

    def _once(self, request: httpx.Request, read: Callable[[httpx.Response], Read]) -> Read:
        try:
            return self._answer(request, read)
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
            raise _PassingError(self._fault("cut_off")) from error
        except httpx.TimeoutException as error:
            raise _PassingError(self._fault("too_slow")) from error
        except httpx.TransportError as error:
            reason = self._told(str(error)) or type(error).__name__
            raise _PassingError(self._fault("no_contact", reason=reason)) from error

    def _answer(self, request: httpx.Request, read: Callable[[httpx.Response], Read]) -> Read:
        """What is read of the answer, past redirects on the same host."""
        for _ in range(_MOST_HOPS + 1):
            self.pace.wait()
            response = self._http.send(request, stream=True)
            self._said_date = _date(response.headers.get("date", "")) or self._said_date
            try:
                if not response.has_redirect_location:  # 304 is no redirect, and is refused as 404 is
                    if not response.is_success:
                        self._raise(response)
                    return read(response)
                request = self._onward(request, response)
            finally:
                response.close()
        raise self._fault("redirected", other=request.url.host)

    def _onward(self, request: httpx.Request, response: httpx.Response) -> httpx.Request:
        """The same request at the place an answer points to, if it is on the same host."""
        try:
            to = request.url.join(response.headers["location"])
        except httpx.InvalidURL as error:
            raise self._fault("redirected", other="?") from error
        if (to.scheme, to.host, to.port) != (self._base.scheme, self._base.host, self._base.port):
            raise self._fault("redirected", other=to.host)
        return self._http.build_request(
            request.method,
            to.copy_with(userinfo=b""),
            content=request.content or None,
            headers=request.headers,
        )

    def _pieces(self, response: httpx.Response, most: int) -> Iterator[bytes]:
        """The decompressed body; at most `most` bytes and one piece more are held."""
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding not in ("gzip", "x-gzip", "identity"):
            raise self._fault("strange_encoding", encoding=encoding[:20])
        unzip = None if encoding == "identity" else zlib.decompressobj(_GZIP)
        end = self.clock.monotonic() + self.limits.seconds
        size = 0
        for wire in response.iter_raw():
            for piece in _unzipped(unzip, wire) if unzip else (wire,):
                size += len(piece)
                if size > most:
                    raise self._fault("answer_too_large", limit=most // 1024 // 1024)
                yield piece
            if self.clock.monotonic() > end:
                raise _PassingError(self._fault("too_slow"))
        if unzip and not unzip.eof:
            raise _PassingError(self._fault("cut_off"))

    def _raise(self, response: httpx.Response) -> NoReturn:
        """What an answer that is no answer means."""
        status, said = response.status_code, self._said(response)
        fault = Fault("sources:refused", {"host": self.host, "status": status, "said": said})
        if status not in _PASSING:
            raise RefusedError(fault, status, said)
        wait = _retry_after(response.headers)
        if wait is not None and wait > self.limits.wait:
            raise self._fault("come_back_later", minutes=-(-int(wait) // 60))
        if status == 429:
            error = self._fault("too_many_calls", calls=self.pace.calls, seconds=int(self.pace.seconds))
            raise _PassingError(error, self.pace.seconds if wait is None else wait)
        raise _PassingError(self._fault("out_of_order", status=status), wait)

    def _said(self, response: httpx.Response) -> str:
        """Title and detail of a problem document (RFC 9457), or the text; nothing if it is broken."""
        try:
            content = b"".join(self._pieces(response, _PROBLEM_BYTES))
        except (httpx.TransportError, UserError, _PassingError, zlib.error):
            return ""
        try:
            problem = msgspec.json.decode(content)
            said = [str(problem[key]) for key in ("title", "detail") if problem.get(key)]
        except (msgspec.DecodeError, AttributeError, RecursionError):
            said = [content.decode("utf-8", "replace")]
        return self._told(". ".join(dict.fromkeys(said)))

    def _told(self, text: str) -> str:
        """Words of others on one line, short, and without what is secret."""
        for secret in self._hidden:
            text = text.replace(secret, "…")
        return " ".join(text.split())[:_MOST_SAID]

    def _fault(self, key: str, **values: Any) -> UserError:
        return UserError(Fault(f"sources:{key}", {"host": self.host, **values}))


def _http_client(headers: Mapping[str, str], timeout: float) -> httpx.Client:
    """A client that heeds the usual environment variables; one of them that is wrong is a user's matter.

    What a variable holds is never shown, since a proxy's address may hold a password.
    """
    try:
        return httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)
    except (ValueError, ImportError, httpx.InvalidURL) as error:  # ImportError: a SOCKS proxy
        if isinstance(error, ssl.SSLError):
            raise UserError(Fault("sources:bad_certificates")) from None
        raise UserError(Fault("sources:bad_proxy")) from None
    except OSError:
        raise UserError(Fault("sources:bad_certificates")) from None


def plain_address(base: str) -> httpx.URL:
    """The address of a source.

    Raises:
        UserError: it is none, or holds what may be secret; it is not shown.
    """
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL as error:
        raise UserError(Fault("sources:not_an_address")) from error
    is_plain = url.scheme in ("http", "https") and _HOST.fullmatch(url.host)
    if not is_plain or url.userinfo or url.query or url.fragment:
        raise UserError(Fault("sources:not_an_address"))
    return url


def _key(secret: str) -> str:
    """What can be sent: a library's own message about another would show it."""
    key = secret.strip()
    if not (key and key.isascii() and key.isprintable()):
        raise UserError(Fault("sources:not_a_key"))
    return key


def _unzipped(unzip: Any, wire: bytes) -> Iterator[bytes]:
    """What a piece of the wire holds, in pieces of a bounded size."""
    while wire and not unzip.eof:
        try:
            yield unzip.decompress(wire, _PIECE)
        except zlib.error as error:
            raise httpx.RemoteProtocolError(str(error)) from error
        wire = unzip.unconsumed_tail


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait; a date counts from the source's own date, so that no clock of ours matters."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told[:9])
    then, now = _date(told), _date(headers.get("date", ""))
    return None if then is None or now is None else max(0.0, (then - now).total_seconds())


def _date(told: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(told)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
