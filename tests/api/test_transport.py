"""The one place that touches requests, on real sockets of the loopback."""

from __future__ import annotations

import gzip
import inspect
import json
import socket
import ssl
import struct
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
import requests
import urllib3
from proves import proves
from samples import KEY, SID
from servers import RawServer, answering, http

from rcs_provider.api.request import Request
from rcs_provider.api.transport import BODY_LIMIT, HttpTransport, _translated
from rcs_provider.core.errors import NotSent, TransportError, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATH = f"/v1/{SID}/rcs/agents"


def _request(url: str, /, **changes: Any) -> Request:
    limit = changes.pop("limit", 5.0)
    given = {"method": "GET", "url": url + PATH, "key": KEY, "connect_timeout": 2.0, "read_timeout": 2.0}
    return Request(**{**given, "deadline": time.monotonic() + limit, **changes})


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    made = HttpTransport()
    yield made
    made._session.close()


def _fails(transport: HttpTransport, request: Request, kind: type[TransportError]) -> str:
    with pytest.raises(TransportError) as caught:
        transport.send(request)
    assert type(caught.value) is kind, caught.value
    message = str(caught.value)
    assert "HXIN0000000001IN" not in message, "the address holds the SID"
    assert KEY not in message
    assert message.isprintable()
    return message


# what goes out


def test_a_request_carries_the_key_and_json_and_no_more(transport: HttpTransport) -> None:
    with RawServer(answering(http())) as server:
        transport.send(_request(server.url, method="POST", body={"phoneno": "919000000001"}))
    head, _, body = server.received[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {line.split(": ")[0].lower(): line.split(": ")[1] for line in lines[1:]}
    assert lines[0] == f"POST {PATH} HTTP/1.1"
    assert headers["api-key"] == KEY
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {"phoneno": "919000000001"}
    assert not {"authorization", "cookie"} & set(headers)


def test_a_request_without_a_body_sends_none(transport: HttpTransport) -> None:
    with RawServer(answering(http())) as server:
        transport.send(_request(server.url))
    assert server.received[0].endswith(b"\r\n\r\n")
    assert b"Content-Type: application/json" in server.received[0]


def test_an_answer_comes_back_with_status_lower_case_headers_and_the_whole_body(transport: HttpTransport) -> None:
    with RawServer(answering(http(b"sorry", "503 No", "Retry-After: 7"))) as server:
        answer = transport.send(_request(server.url))
    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "7", b"sorry")


def test_a_compressed_answer_is_unpacked(transport: HttpTransport) -> None:
    with RawServer(answering(http(gzip.compress(b"[1]"), "200 OK", "Content-Encoding: gzip"))) as server:
        assert transport.send(_request(server.url)).body == b"[1]"


def test_a_chunked_answer_is_put_together(transport: HttpTransport) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n2\r\n,2\r\n1\r\n]\r\n0\r\n\r\n"
    with RawServer(answering(chunked)) as server:
        assert transport.send(_request(server.url)).body == b"[1,2]"


def test_a_connection_is_used_again(transport: HttpTransport) -> None:
    opened = []

    def serve(server: RawServer, connection: socket.socket) -> None:
        opened.append(1)
        answering(http())(server, connection)

    with RawServer(serve) as server:
        for _ in range(3):
            transport.send(_request(server.url))
    assert (len(opened), len(server.received)) == (1, 3)


@proves("E9")
def test_a_request_shows_neither_key_nor_sid(transport: HttpTransport) -> None:
    shown = repr(_request("https://rcs.example", body={"phoneno": "919000000001"}))
    assert shown == "Request(GET rcs.example)"
    del transport


# what may go wrong on the way


@proves("D11")
def test_a_refused_connection_was_never_sent(transport: HttpTransport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert f"127.0.0.1:{port} refuses connections" in _fails(transport, _request(f"http://127.0.0.1:{port}"), NotSent)


@proves("D11")
def test_a_host_that_is_none_was_never_sent_to(transport: HttpTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert "there is no host rcs.example" in _fails(transport, _request("https://rcs.example"), NotSent)


@proves("D11")
def test_a_server_that_speaks_no_tls_was_never_sent_to(transport: HttpTransport) -> None:
    with RawServer(answering(http())) as server:
        plain = server.url.replace("http://", "https://")

        def serve(_: RawServer, connection: socket.socket) -> None:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        server.serve = serve
        assert "TLS" in _fails(transport, _request(plain), NotSent)


@proves("C4")
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_connection_closed_before_the_answer_leaves_it_unclear(transport: HttpTransport, method: str) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)

    with RawServer(serve) as server:
        assert "closed the connection" in _fails(transport, _request(server.url, method=method, body={}), Unclear)
    assert len(server.received) == 1, "nothing is repeated here"


@proves("C4")
def test_a_connection_reset_before_the_answer_leaves_it_unclear(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with RawServer(serve) as server:
        _fails(transport, _request(server.url, method="POST", body={}), Unclear)


def test_a_kept_connection_that_the_server_closed_meanwhile_is_not_taken_for_unsent(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(http())
        server.request(connection)

    with RawServer(serve) as server:
        transport.send(_request(server.url))
        _fails(transport, _request(server.url, method="POST", body={}), Unclear)
    assert len(server.received) == 2


def test_a_server_that_stalls_is_given_up_after_the_read_timeout(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        server.stopped.wait(10)

    with RawServer(serve) as server:
        started = time.monotonic()
        assert "gave no answer in time" in _fails(transport, _request(server.url, read_timeout=0.2), Unclear)
        assert time.monotonic() - started < 2


def test_an_answer_that_stops_in_the_middle_is_unclear(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(http(b"x" * 100)[:-50])
        server.stopped.wait(10)

    with RawServer(serve) as server:
        assert "stopped in the middle" in _fails(transport, _request(server.url, read_timeout=0.2), Unclear)


@proves("C5")
@pytest.mark.parametrize(
    "answer",
    [
        http(b"x" * 100)[:-50],
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 nonsense\r\n\r\n",
        b"\x00\xff\x16\x03",
        http(b"no gzip", "200 OK", "Content-Encoding: gzip"),
        http(gzip.compress(b"x" * 1000, mtime=0)[:-20], "200 OK", "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=[
        "short body", "cut chunk", "missing chunk", "no chunk", "no http", "no status", "other protocol", "no gzip",
        "cut gzip", "long header", "many headers",
    ],
)  # fmt: skip
def test_an_answer_that_breaks_off_or_is_no_http_is_unclear(transport: HttpTransport, answer: bytes) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(answer)

    with RawServer(serve) as server:
        try:
            found = transport.send(_request(server.url, method="POST", body={}))
        except Unclear:
            return
        # A gzip stream that ends early may be handed over as far as it goes; JSON then is what does not hold together.
        assert b"gzip" in answer
        assert found.body != b"x" * 1000


def test_a_body_that_drips_is_given_up_at_the_deadline(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not server.stopped.wait(0.02):
            connection.sendall(b"x")

    with RawServer(serve) as server:
        started = time.monotonic()
        assert "in time" in _fails(transport, _request(server.url, limit=0.3, read_timeout=60.0), Unclear)
        assert time.monotonic() - started < 1.5


def test_a_head_that_drips_has_the_read_timeout_for_each_byte(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(30):
            if server.stopped.wait(0.02):
                return
            connection.sendall(b"x")
        server.stopped.wait(10)

    with RawServer(serve) as server:
        started = time.monotonic()
        assert "gave no answer in time" in _fails(transport, _request(server.url, read_timeout=0.5), Unclear)
        assert 1.0 < time.monotonic() - started < 4.0


def test_a_deadline_that_has_passed_leaves_no_time_to_wait(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        server.stopped.wait(10)

    with RawServer(serve) as server:
        started = time.monotonic()
        with pytest.raises(TransportError):
            transport.send(_request(server.url, limit=-5.0, read_timeout=60.0))
        assert time.monotonic() - started < 1.0


def test_a_body_that_is_too_big_is_given_up(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        server.request(connection)
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {BODY_LIMIT * 4}\r\n\r\n".encode())
        piece = b"x" * (1 << 20)
        for _ in range(BODY_LIMIT * 4 // len(piece)):
            connection.sendall(piece)

    with RawServer(serve) as server:
        assert f"longer than {BODY_LIMIT} bytes" in _fails(transport, _request(server.url), Unclear)


def test_a_small_body_that_unpacks_into_a_huge_one_is_given_up(transport: HttpTransport) -> None:
    bomb = gzip.compress(b"\x00" * (BODY_LIMIT * 4))
    assert len(bomb) < 100_000
    with RawServer(answering(http(bomb, "200 OK", "Content-Encoding: gzip"))) as server:
        assert f"longer than {BODY_LIMIT} bytes" in _fails(transport, _request(server.url), Unclear)


# what is not done


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(transport: HttpTransport, status: str) -> None:
    with RawServer(answering(http())) as elsewhere:
        location = f"Location: {elsewhere.url}/steal"
        with RawServer(answering(http(b"", status, location))) as server:
            assert transport.send(_request(server.url)).status == int(status[:3])
    assert elsewhere.received == []


def test_cookies_are_not_kept(transport: HttpTransport) -> None:
    with RawServer(answering(http(b"[]", "200 OK", "Set-Cookie: session=abc; Path=/"))) as server:
        transport.send(_request(server.url))
        transport.send(_request(server.url))
    assert b"ookie" not in server.received[1]


def test_netrc_is_not_used(transport: HttpTransport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\ndefault login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with RawServer(answering(http())) as server:
        transport.send(_request(server.url))
    assert b"uthorization" not in server.received[0]


def test_a_proxy_of_the_environment_is_used(transport: HttpTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer(answering(http(b'["by the proxy"]'))) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        answer = transport.send(_request("http://rcs.example"))
    assert answer.body == b'["by the proxy"]'
    assert proxy.received[0].startswith(f"GET http://rcs.example{PATH} ".encode())


def test_a_host_that_the_environment_excepts_from_the_proxy_is_called_directly(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(answering(http(b"[1]"))) as proxy, RawServer(answering(http(b"[2]"))) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert transport.send(_request(server.url)).body == b"[2]"
    assert proxy.received == []


def test_the_environment_is_read_once_for_each_host(transport: HttpTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    settings = transport._session.merge_environment_settings

    def reading(url: str, *rest: Any) -> Any:
        read.append(url)
        return settings(url, *rest)

    monkeypatch.setattr(transport._session, "merge_environment_settings", reading)
    with RawServer(answering(http(b"[1]"))) as one, RawServer(answering(http(b"[2]"))) as other:
        answers = [transport.send(_request(each.url)).body for each in (one, other, one, other)]
        assert read == [one.url, other.url]
    assert answers == [b"[1]", b"[2]", b"[1]", b"[2]"]


def test_a_call_starts_no_thread_but_the_one_that_all_share(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(answering(http(b"[1]"))) as server:
        transport.send(_request(server.url))
        started: list[str] = []
        start = threading.Thread.start

        def starting(thread: threading.Thread) -> None:
            started.append(thread.name)
            start(thread)

        monkeypatch.setattr(threading.Thread, "start", starting)
        transport.send(_request(server.url))
        assert [name for name in started if "_handle" not in name] == []  # the server may begin another connection


def test_a_proxy_that_is_not_there_was_never_sent_to(transport: HttpTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    assert "the proxy does not lead to rcs.example" in _fails(transport, _request("http://rcs.example"), NotSent)


@proves("P11")
def test_many_threads_share_one_transport(transport: HttpTransport) -> None:
    def serve(server: RawServer, connection: socket.socket) -> None:
        while request := server.request(connection):
            connection.sendall(http(request.partition(b"\r\n\r\n")[2]))

    together = threading.Barrier(20)
    found: dict[int, bytes] = {}

    def call(place: int) -> None:
        together.wait(5)
        found[place] = transport.send(_request(server.url, method="POST", body={"place": place})).body

    with RawServer(serve) as server:
        threads = [threading.Thread(target=call, args=(place,)) for place in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert {place: json.loads(body) for place, body in found.items()} == {each: {"place": each} for each in range(20)}


# the map of the library's errors


def _classes(module: Any) -> list[type[Exception]]:
    own = [each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == module.__name__]
    return [each for each in own if issubclass(each, Exception) and not issubclass(each, Warning)]


ALL = [*_classes(requests.exceptions), *_classes(urllib3.exceptions)]

NEVER_SENT = {
    "requests.exceptions.SSLError",
    "requests.exceptions.ProxyError",
    "requests.exceptions.InvalidProxyURL",
    "requests.exceptions.ConnectTimeout",
    "requests.exceptions.InvalidURL",
    "urllib3.exceptions.NewConnectionError",
    "urllib3.exceptions.ProxySchemeUnknown",
    "urllib3.exceptions.NameResolutionError",
}
"""The only ones that may count as never sent: whatever stands before the first byte of a request."""


def _name(kind: type[Exception]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


@pytest.mark.parametrize("kind", ALL, ids=_name)
def test_every_error_of_the_libraries_becomes_one_of_ours(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    error = kind.__new__(kind)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(transport._session, "send", fail)
    with pytest.raises(TransportError) as caught:
        transport.send(_request("https://rcs.example"))
    assert type(caught.value) in (NotSent, Unclear)
    if _name(kind) not in NEVER_SENT:
        assert type(caught.value) is Unclear
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "kind", [OSError, TimeoutError, ConnectionResetError, BrokenPipeError, ssl.SSLError, ValueError, UnicodeError]
)
def test_an_error_of_the_language_becomes_one_of_ours(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("HXIN0000000001IN")

    monkeypatch.setattr(transport._session, "send", fail)
    assert _fails(transport, _request("https://rcs.example"), Unclear)


def _tls_error(cause: Exception) -> requests.exceptions.SSLError:
    pool = urllib3.HTTPSConnectionPool("rcs.example")
    return requests.exceptions.SSLError(
        urllib3.exceptions.MaxRetryError(pool, PATH, urllib3.exceptions.SSLError(cause))
    )


@proves("D8")
def test_a_certificate_that_is_not_trusted_means_never_sent() -> None:
    error = _translated(_tls_error(ssl.SSLCertVerificationError(1, "certificate verify failed")), "rcs.example")
    assert type(error) is NotSent
    assert "certificate" in str(error)
    assert error.lasting


@proves("D8")
@pytest.mark.parametrize(
    "cause",
    [
        ssl.SSLEOFError(8, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol"),
        ssl.SSLError(1, "[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] decryption failed or bad record mac"),
        ssl.SSLZeroReturnError(6, "TLS/SSL connection has been closed (EOF)"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_tls_connection_that_breaks_may_have_carried_the_request(cause: Exception) -> None:
    assert type(_translated(_tls_error(cause), "rcs.example")) is Unclear


def test_a_time_limit_beyond_what_the_system_can_count_still_gives_an_answer(transport: HttpTransport) -> None:
    with RawServer(answering(http(b"[1]"))) as server:
        endless = {"connect_timeout": 1e12, "read_timeout": 1e12, "limit": 1e12}
        assert transport.send(_request(server.url, **endless)).body == b"[1]"
