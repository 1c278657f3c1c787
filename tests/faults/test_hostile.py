"""Answers that nobody should give, and ways to the service that somebody else controls."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proves import proves
from relay import Trap
from samples import NUMBER, PHONE
from stage import agent

from rcs_provider.api.client import Client
from rcs_provider.api.envelope import Answer
from rcs_provider.api.request import Request
from rcs_provider.api.transport import HttpTransport
from rcs_provider.core import check
from rcs_provider.core.errors import NotSent, RcsError, TransportError, Unclear
from rcs_provider.core.kind import Context, Live
from rcs_provider.core.run import Run
from rcs_provider.core.settings import Settings, load_settings
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from stage import Stage

    from rcs_simulator import World

KEY: Final = "key-that-goes-nowhere-else"

FUZZ: Final = settings(
    max_examples=120,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass
class Answers:
    """A transport that gives the answers in turn, the last one for ever."""

    left: list[Answer]
    asked: list[str] = field(default_factory=list[str])

    def send(self, request: Request) -> Answer:
        self.asked.append(request.method)
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


def _settings(**more: Any) -> Settings:
    known: dict[str, Any] = {"pod": "in", "sid": "SID1", "api_key": KEY, "endpoint": "http://127.0.0.1:9"}
    limits = {"requests_per_second": 1e6, "operation_timeout": 20.0, "max_retries": 1}
    return Settings(**{**known, **limits, **more})


def _context(transport: Any, **more: Any) -> Context:
    client = Client(_settings(**more), transport, sleep=lambda _: None)
    return Context(client.api(lambda *_, **__: None), client.settings, Run(), lambda *_, **__: None, "urn:agent")


INPUTS: Final = check.completed(AGENT, _settings(), {}, agent("CODE"))
HANDSET: Final = check.completed(TESTER, _settings(), {}, {"agent_no": NUMBER, "phoneno": PHONE})


def _row(**more: Any) -> dict[str, Any]:
    return {**agent("CODE"), "agent_number": NUMBER, "status": "ACTIVE", "rcs_provider_id": 1, **more}


def _good(data: Any, status: int = 200) -> Answer:
    return Answer(status, {}, json.dumps({"code": "RCS902", "message": "Done", "data": data, "error": {}}).encode())


def _state() -> dict[str, Any]:
    state = AGENT.read(_context(Answers([_good(_row())])), NUMBER, {})
    assert state is not None
    return {**state, "__managed": sorted(INPUTS), "__declared": {}}


STATE: Final = _state()
TOLD: Final = {"pod": "in", "sid": "SID1", "__managed": ["agent_no", "phoneno"], "agent_no": NUMBER, "phoneno": PHONE}

OPERATIONS: Final[Mapping[str, Callable[[Context], Any]]] = {
    "create an agent": lambda context: AGENT.create(context, INPUTS),
    "read an agent": lambda context: AGENT.read(context, NUMBER, STATE),
    "look at an agent": lambda context: AGENT.read(context, NUMBER, {}),
    "update an agent": lambda context: AGENT.update(context, NUMBER, STATE, {**INPUTS, "description": "Changed"}),
    "delete an agent": lambda context: AGENT.delete(context, NUMBER, STATE),
    "register a tester": lambda context: TESTER.create(context, HANDSET),
    "read a tester": lambda context: TESTER.read(context, f"{NUMBER}/{PHONE}", TOLD),
    "invite a tester again": lambda context: TESTER.update(
        context, f"{NUMBER}/{PHONE}", TOLD, {**HANDSET, "resend": "again"}
    ),
}

_TEXT: Final = st.text(max_size=20)
_LEAF: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | _TEXT
    | st.sampled_from([NUMBER, "CODE", PHONE, "DELETED"])
)
_JSON: Final = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3), max_leaves=8
)
_KEYS: Final = st.sampled_from(
    [*_row(), "phones", "phoneno", "agent_no", "id", "integration_status", "verification_state"]
)
_ROW: Final = st.dictionaries(_KEYS, _JSON, max_size=8).map(
    lambda more: {**_row(phoneno=PHONE, agent_no=NUMBER), **more}
)
_DATA: Final = _JSON | _ROW | st.lists(_ROW, max_size=3)
_ERROR: Final = _JSON | st.fixed_dictionaries(
    {}, optional={"error_code": _JSON | st.just("PROV_ERROR"), "error_message": _JSON | st.just("Agent not found")}
)
_CODE: Final = st.sampled_from(["RCS902", "RCS904", "RCS601", "RCS500", "RBC201", ""]) | _JSON
_ENVELOPE: Final = st.fixed_dictionaries({"code": _CODE, "data": _DATA}, optional={"message": _JSON, "error": _ERROR})
_BODY: Final = st.binary(max_size=60) | (_ENVELOPE | _DATA).map(lambda found: json.dumps(found).encode())
_STATUS: Final = st.sampled_from([200, 200, 200, 201, 204, 301, 400, 401, 404, 405, 429, 500, 503]) | st.integers(
    100, 999
)
_HEADERS: Final = st.dictionaries(st.sampled_from(["retry-after", "content-type", "location"]), _TEXT, max_size=2)
_ANSWER: Final = st.builds(Answer, _STATUS, _HEADERS, _BODY)
_NEARLY: Final = st.builds(_good, _DATA)


@proves("A2", "D8")
@FUZZ
@given(answers=st.lists(_NEARLY | _ANSWER, min_size=1, max_size=5))
def test_any_answers_to_any_operation_give_an_error_of_ours_or_a_sound_object(answers: list[Answer]) -> None:
    """Each list of answers is given to every operation: to make it up takes longer than to give it."""
    for operation in OPERATIONS.values():
        transport = Answers(list(answers))
        found = _outcome(operation, _context(transport))
        _is_sound(found)
        assert transport.asked.count("POST") <= 1


def _outcome(operation: Callable[[Context], Any], context: Context) -> Any:
    """What the operation gives, or the error of ours that it raises."""
    try:
        return operation(context)
    except RcsError as error:
        return error


def _is_sound(found: Any) -> None:
    """What goes into state is JSON with text for keys, an object has an id, and an error is one line for a terminal."""
    if isinstance(found, RcsError):
        assert str(found).isprintable()
        assert KEY not in str(found)
        return
    if isinstance(found, Live):
        assert found.id.strip()
        found = found.state
    if found is not None:
        assert json.loads(json.dumps(found)) == json.loads(json.dumps(dict(found)))
        assert all(isinstance(name, str) for name in found)


# answers about something else


@proves("A2")
@pytest.mark.parametrize("operation", ["read an agent", "look at an agent", "update an agent"])
def test_an_answer_about_another_agent_is_refused(operation: str) -> None:
    transport = Answers([_good(_row(agent_number="99999"))])
    with pytest.raises(Unclear, match="asked for agent 71732, the answer is about agent 99999"):
        OPERATIONS[operation](_context(transport))
    assert set(transport.asked) == {"GET"}


@proves("A6")
def test_a_tester_that_the_list_puts_under_another_agent_is_refused() -> None:
    rows = _good([{"phoneno": PHONE, "agent_no": "99999"}])
    for operation in ("register a tester", "read a tester"):
        transport = Answers([rows])
        with pytest.raises(Unclear, match="names another agent"):
            OPERATIONS[operation](_context(transport))
        assert set(transport.asked) == {"GET"}


@proves("D9")
def test_a_create_that_is_answered_with_another_agents_number_does_not_take_that_agent(world: World) -> None:
    """The documented answer holds no number; one that does may be wrong, and that agent is somebody else's."""
    other = world.seed_agent(**agent("OTHER", description="Somebody else's"))
    lie = {"code": "RCS902", "message": "", "data": {"agent_number": other, "service_code": "CODE"}, "error": {}}
    world.fault("create_agent", {"kind": "body", "body": lie, "work": True})
    context = _context(HttpTransport(), sid=world.sid, api_key=world.api_key, endpoint=world.url)
    inputs = check.completed(AGENT, context.settings, {}, agent("CODE"))
    made = _outcome(lambda context: AGENT.create(context, inputs), context)
    assert isinstance(made, RcsError) or made.id != other


@proves("A5")
def test_a_put_that_is_answered_with_another_agent_leaves_nothing_of_that_in_state() -> None:
    changed = _good(_row(description="Changed"))
    lie = _good(_row(agent_number="99999", description="Changed", default_locale="xx"))
    state = _outcome(OPERATIONS["update an agent"], _context(Answers([_good(_row()), lie, changed])))
    assert isinstance(state, RcsError) or state.get("default_locale") != "xx"


# sizes


@proves("C5")
def test_an_answer_of_five_megabytes_is_read_and_one_of_twenty_is_not(world: World) -> None:
    context = _context(HttpTransport(), sid=world.sid, api_key=world.api_key, endpoint=world.url)
    number = world.seed_agent(**agent("CODE"))
    body = {
        "code": "RCS902",
        "message": "",
        "error": {},
        "data": {**_row(agent_number=number), "more": "x" * 5_000_000},
    }
    world.fault("get_agent", {"kind": "body", "body": body})
    state = AGENT.read(context, number, {})
    assert state is not None
    assert "x" * 100 not in json.dumps(state)
    world.fault("get_agent", *[{"kind": "big", "bytes": 20_000_000}] * 2)
    with pytest.raises(Unclear, match="longer than"):
        AGENT.read(context, number, {})


@pytest.mark.parametrize("deep", ["[" * 200_000, '{"data":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_json_that_is_nested_beyond_all_measure_is_unclear(deep: str) -> None:
    for operation in ("read an agent", "read a tester", "update an agent"):
        with pytest.raises(RcsError):
            OPERATIONS[operation](_context(Answers([Answer(200, {}, deep.encode())])))


# bytes on the wire


@contextmanager
def _speaking(context: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers each connection with the bytes it is given last; its address, and those bytes."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    says: list[bytes] = [b""]

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                client.settimeout(5)
                with suppress(OSError), client if context is None else context.wrap_socket(client, True) as wire:
                    wire.recv(65536)
                    wire.sendall(says[-1])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", says
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


_LINE: Final = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.1 204", b"HTTP/9.9 xx", b"HTTP/1.1 -5 No", b"HTTP/1.0 99999 X"]
)
_HEAD: Final = st.lists(
    st.sampled_from(
        [
            b"Content-Length: 5",
            b"Content-Length: -1",
            b"Content-Length: 99999999999999999999",
            b"Content-Encoding: gzip",
            b"Content-Encoding: deflate, gzip, br, zstd",
            b"Transfer-Encoding: chunked",
            b"Retry-After: \xff\xfe",
            b"Location: http://[::1",
            b"Set-Cookie: a=b; domain=.",
            b"no colon",
            b": nothing",
            b"X: " + b"y" * 70_000,
        ]
    )
    | st.binary(max_size=30),
    max_size=4,
)
_WIRE: Final = st.binary(max_size=80) | st.builds(
    lambda line, head, body: b"\r\n".join([line, *head, b"", body]), _LINE, _HEAD, st.binary(max_size=60)
)


@proves("C5")
def test_any_bytes_on_the_wire_give_an_answer_or_a_transport_error() -> None:
    transport = HttpTransport()
    with _speaking() as (address, says):

        @FUZZ
        @given(wire=_WIRE)
        def talk(wire: bytes) -> None:
            says.append(wire)
            request = Request("GET", f"http://{address}/v1/SID1/rcs/agents", KEY, 2.0, 2.0, _soon())
            with suppress(TransportError):
                assert isinstance(transport.send(request), Answer)

        talk()


def _soon() -> float:
    return time.monotonic() + 5


# the way there


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of certificates that nobody trusts: for 127.0.0.1, for another host, expired; two files are none."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    for name, names in {"cert": "IP:127.0.0.1", "elsewhere": "DNS:elsewhere.example"}.items():
        made = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", "/CN=127.0.0.1", "-days", "2")
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-addext", f"subjectAltName={names}", *made)
    openssl("x509", "-in", "cert.pem", "-signkey", "cert.key", "-days", "-1", "-out", "expired.pem")
    for name, key in {"cert": "cert", "elsewhere": "elsewhere", "expired": "cert"}.items():
        both = (folder / f"{key}.key").read_bytes() + (folder / f"{name}.pem").read_bytes()
        (folder / f"{name}-both.pem").write_bytes(both)
    (folder / "text.pem").write_text("no certificate")
    (folder / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    return folder


@contextmanager
def _over_tls(certificate: Path, name: str = "cert") -> Iterator[str]:
    """The origin of a server with that certificate, which has no agents."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / f"{name}-both.pem")
    body = _good([]).body
    with _speaking(tls) as (address, says):
        says.append(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        yield f"https://{address}"


@pytest.fixture
def no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    """No CA bundle of the machine's gets into a test."""
    for each in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(each, raising=False)


def _refused(origin: str) -> str:
    """What is said of a call that cannot work, which must have been made once."""
    told: list[str] = []
    client = Client(_settings(endpoint=origin, max_retries=5), sleep=lambda _: None)
    with pytest.raises(NotSent) as caught:
        AGENT.rows(client.api(lambda message, *_, **__: told.append(message)))
    assert told == [], "it was tried again"
    return str(caught.value)


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.usefixtures("no_bundle")
def test_a_certificate_has_to_be_trusted_and_a_ca_bundle_of_the_environment_makes_it_so(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with _over_tls(certificate) as origin:
        request = Request("GET", f"{origin}/v1/SID1/rcs/agents", KEY, 5.0, 5.0, _soon())
        with pytest.raises(NotSent, match="is not trusted here"):
            HttpTransport().send(request)
        monkeypatch.setenv(name, str(certificate / "cert.pem"))
        assert HttpTransport().send(request).status == 200


@proves("E24")
@pytest.mark.usefixtures("no_bundle")
@pytest.mark.parametrize(
    ("name", "trusted", "reason", "todo"),
    [
        ("cert", "", "self-signed certificate", "set REQUESTS_CA_BUNDLE to a file"),
        ("expired", "expired.pem", "certificate has expired", "Check this machine's clock"),
        (
            "elsewhere",
            "elsewhere.pem",
            "IP address mismatch, certificate is not valid for '127.0.0.1'",
            "kaleyra:endpoint",
        ),
    ],
)
def test_a_certificate_that_is_refused_shows_openssls_reason_at_once(  # noqa: PLR0913, PLR0917
    certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str, trusted: str, reason: str, todo: str
) -> None:
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate / trusted))
    with _over_tls(certificate, name) as origin:
        line = _refused(origin)
    assert f"is not trusted here: {reason}. " in line
    assert todo in line


@proves("E24")
@pytest.mark.usefixtures("no_bundle")
@pytest.mark.parametrize(
    ("variable", "file", "wrong"),
    [
        ("REQUESTS_CA_BUNDLE", "nowhere.pem", "does not exist"),
        ("CURL_CA_BUNDLE", "text.pem", "holds no certificate in PEM form"),
        ("REQUESTS_CA_BUNDLE", "broken.pem", "holds no certificate in PEM form"),
    ],
)
def test_a_ca_bundle_that_is_of_no_use_is_named_with_its_variable_at_once(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, variable: str, file: str, wrong: str
) -> None:
    monkeypatch.setenv(variable, str(certificate / file))
    line = _refused("https://rcs.invalid")
    assert line.startswith(f"{variable} is {certificate / file}, which {wrong}. Set it to a file")


@proves("E24")
@pytest.mark.parametrize(
    ("proxy", "line"),
    [
        ("socks5://127.0.0.1:9", "HTTPS_PROXY is a SOCKS proxy, and the library for it is missing. Install it beside"),
        ("ftp://127.0.0.1:9", "the proxy's URL has a scheme that is not http or https. Check HTTPS_PROXY"),
        ("http://", "the proxy's URL is not valid. Check HTTPS_PROXY"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_at_once_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, proxy: str, line: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    assert _refused("https://rcs.invalid").startswith(line)


@proves("E24")
def test_a_proxy_that_wants_a_password_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with _speaking() as (address, says):
        says.append(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        monkeypatch.setenv("HTTPS_PROXY", f"http://{address}")
        assert "the proxy does not lead to rcs.invalid: it answers HTTP 407. Check HTTPS_PROXY" in _refused(
            "https://rcs.invalid"
        )


@proves("E24", "D30")
def test_a_server_without_tls_is_one_line_at_once_in_a_run(stage: Stage, world: World) -> None:
    stage.declare({"agent": agent("CODE")})
    stage.configure(maxRetries=5, operationTimeout=60)
    stage.env["KALEYRA_ENDPOINT"] = world.url.replace("http://", "https://")
    run = stage.fails("up", "--yes", "--skip-preview")
    (line,) = run.said["agent"]
    assert "TLS could not be agreed with 127.0.0.1:" in line
    assert "Check the network, the proxy and kaleyra:endpoint" in line
    assert "trying again" not in run.out


def test_a_proxy_of_the_environment_is_asked_for_a_tunnel_and_never_sees_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Trap() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.removesuffix("/elsewhere"))
        request = Request("GET", "https://rcs-api.in.kaleyra.io/v1/SID1/rcs/agents", KEY, 2.0, 2.0, _soon())
        with pytest.raises(TransportError):
            HttpTransport().send(request)
        assert proxy.heard[0].startswith(b"CONNECT rcs-api.in.kaleyra.io:443 ")
        assert not [heard for heard in proxy.heard if KEY.encode() in heard or b"SID1" in heard]


@pytest.mark.parametrize(
    ("endpoint", "fine"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080", True),
        ("http://[::1]:8080", True),
        ("https://rcs.example.com", True),
        ("http://rcs-api.in.kaleyra.io", False),
        ("http://127.0.0.1.example.com", False),
        ("http://127.0.0.1@example.com", False),
        ("http://localhost.example.com", False),
        ("http://2130706433", False),
        ("http://0.0.0.0", False),
        ("https://user:word@rcs.example.com", False),
        ("https://rcs.example.com/path", False),
        ("ftp://rcs.example.com", False),
        ("https://", False),
        ("//rcs.example.com", False),
        ("http://127.0.0.1\\@example.com", False),
        ("https://rcs.example.com\r\nX: y", False),
        ("https://rcs.exam\u2024ple.com", False),
    ],
)
def test_plain_http_is_for_loopback_alone_and_an_endpoint_is_an_origin(endpoint: str, fine: bool) -> None:
    given_ = {"pod": "in", "sid": "SID1", "endpoint": endpoint}
    found = load_settings(given_.get, {})
    assert (not found.problems) is fine, found.problems


@proves("B16")
def test_what_the_service_says_cannot_steer_the_terminal(stage: Stage, world: World) -> None:
    """Escapes, a carriage return, a bell, a change of reading direction, and a line of its own."""
    stage.declare({"agent": agent("CODE")})
    hostile = "\x1b[2J\x1b]0;title\x07 fine\r\u202eerror: nothing happened\nsecond line\x00\x9b31m"
    error = {"error_code": "FIELD_VALUE_ERROR", "error_message": hostile}
    body = {"code": "RCS904", "message": "\x1b[8mhidden", "data": [], "error": error}
    world.fault("create_agent", {"kind": "status", "status": 400, "body": body})
    run = stage.fails("up", "--yes", "--skip-preview")
    assert not set(run.out) & set("\x1b\x07\r\u202e\x00\x9b")
    (line,) = run.said["agent"]
    assert "fine error: nothing happened second line" in line
