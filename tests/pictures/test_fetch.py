"""Fetching: what is sent, what is followed, what is refused, and that everything ends in time."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from picture_host import PictureHost, image, picture
from proves import proves
from servers import RawServer, answering

from rcs_provider import __version__
from rcs_provider.core.errors import NotSent
from rcs_provider.pictures.answer import Answer, PictureError
from rcs_provider.pictures.fetch import MOST_BYTES, Fetcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT = 0.4
"""Seconds that a host gets which takes its time."""
ENOUGH = 20
"""Seconds in which anything is done that does not hang."""


def refused(fetcher: Fetcher, address: str, most: int = MOST_BYTES) -> str:
    with pytest.raises(PictureError) as caught:
        fetcher.get(address, most)
    return str(caught.value)


def test_an_answer_has_what_the_host_says(host: PictureHost, fetcher: Fetcher) -> None:
    address = host.at("/logo.png")
    assert fetcher.get(address) == Answer(address, address, 0, 200, "image/png", image())


@proves("B22")
def test_a_request_holds_nothing_but_the_address_and_the_name_of_the_package(
    host: PictureHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login canary7 password canary7\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KALEYRA_API_KEY", "canary7")
    Fetcher(allow_private=True).get(host.at("/logo.png").replace("//", "//canary7:canary7@"))
    (request,) = host.received
    assert b"canary7" not in request
    assert sorted(request.decode().strip().split("\r\n")) == sorted(
        [
            "GET /logo.png HTTP/1.1",
            f"Host: {host.url.removeprefix('http://')}",
            f"User-Agent: kaleyra-rcs/{__version__}",
            "Accept: */*",
            "Accept-Encoding: identity",
            "Connection: close",
        ]
    )


@proves("B22")
def test_a_cookie_is_not_sent_back(host: PictureHost, fetcher: Fetcher) -> None:
    assert fetcher.get(host.at("/cookie.png")).is_success
    assert host.asked == ["/cookie.png", "/logo.png"]
    assert b"canary7" not in b"".join(host.received)


@proves("B22")
def test_no_address_is_fetched_twice(host: PictureHost, fetcher: Fetcher) -> None:
    good, bad = host.at("/logo.png"), host.at("/foreign.png")
    found = fetcher.get_all({good: MOST_BYTES, f"{good}#top": MOST_BYTES, bad: MOST_BYTES})
    assert fetcher.get(good) is found[good] is found[f"{good}#top"]
    assert refused(fetcher, bad) == str(found[bad])
    assert sorted(host.asked) == ["/foreign.png", "/logo.png"]


def test_a_page_is_read_no_further_than_its_head(host: PictureHost, fetcher: Fetcher) -> None:
    found = fetcher.get(host.at("/endless"), 0)
    assert (found.status, found.content) == (200, b"")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large.png", "is larger than the 2 MB that are read"),
        ("/never-ends.png", "is larger than the 2 MB that are read"),
        ("/packed.png", "is larger than the 2 MB that are read"),
        ("/short.png", "the answer of {host} breaks off"),
        ("/foreign.png", "the answer of {host} is not HTTP"),
        ("/circle.png", "redirects to http://{host}/round.png: redirects in a circle"),
        ("/step0.png", "redirects to http://{host}/step5.png: redirects more than 5 times"),
        ("/file.png", "redirects to file: only http:// and https:// are fetched"),
        ("/nowhere.png", "redirects to an address that is not valid"),
    ],
)
@proves("B22")
def test_what_cannot_be_used_is_one_clause(path: str, reason: str, host: PictureHost, fetcher: Fetcher) -> None:
    assert refused(fetcher, host.at(path)) == reason.format(host=host.url.removeprefix("http://"))
    assert len(host.asked) == len(set(host.asked))


def test_an_answer_without_success_is_an_answer_without_content(host: PictureHost, fetcher: Fetcher) -> None:
    found = fetcher.get(host.at("/missing.png"))
    assert (found.status, found.content, found.is_success) == (404, b"", False)


def test_a_redirect_is_followed_and_where_it_ends_is_known(host: PictureHost, fetcher: Fetcher) -> None:
    found = fetcher.get(host.at("/moved.png"))
    assert (found.final, found.redirects, found.content) == (host.at("/logo.png?token=canary7"), 1, image())


@proves("B22")
@pytest.mark.parametrize("path", ["/stalls.png", "/stalls-in-the-head.png", "/drips-a-head.png", "/drips-a-body.png"])
def test_a_host_that_takes_its_time_is_given_up(path: str, host: PictureHost) -> None:
    fetcher = Fetcher(allow_private=True, seconds=SHORT)
    began = time.monotonic()
    assert refused(fetcher, host.at(path)) == f"does not answer in full within {SHORT} seconds"
    assert time.monotonic() - began < ENOUGH


@proves("B22")
def test_a_name_that_is_looked_up_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def look_up(*_: Any, **__: Any) -> list[Any]:
        over.wait(ENOUGH)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert "within" in refused(Fetcher(seconds=SHORT), "https://www.example.com/logo.png")
    over.set()


@proves("B22")
def test_many_addresses_take_no_longer_than_their_share(host: PictureHost) -> None:
    fetcher = Fetcher(allow_private=True, seconds=SHORT)
    began = time.monotonic()
    found = fetcher.get_all({host.at(f"/stalls.png?{each}"): MOST_BYTES for each in range(32)})
    assert {str(each) for each in found.values()} == {f"does not answer in full within {SHORT} seconds"}
    assert time.monotonic() - began < 32 * SHORT


@proves("B22")
def test_a_private_host_is_not_connected_to(host: PictureHost) -> None:
    assert refused(Fetcher(), host.at("/logo.png")) == (
        "127.0.0.1 is not a public address: only --allow-private fetches from it"
    )
    assert host.asked == []


@proves("B22")
def test_a_redirect_to_a_private_host_is_not_followed(host: PictureHost) -> None:
    inside = host.at("/logo.png").replace("127.0.0.1", "127.0.0.2")
    away = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + inside.encode() + b"\r\n\r\n"
    outside = ipaddress.ip_address("127.0.0.1")
    with RawServer(answering(away)) as public:
        reason = refused(Fetcher(is_public=lambda each: each == outside), f"{public.url}/logo.png")
    assert reason == (f"redirects to {inside}: 127.0.0.2 is not a public address: only --allow-private fetches from it")
    assert host.asked == []


@proves("B22")
def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    host: PictureHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to the host once, and nowhere afterwards, as one would that tries to get past the check."""
    real, asked = socket.getaddrinfo, list[str]()

    def look_up(name: Any, *rest: Any, **more: Any) -> Any:
        if name == "rebinds.example.com":
            asked.append(name)
            name = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return real(name, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    address = host.at("/logo.png").replace("127.0.0.1", "rebinds.example.com")
    checked = ipaddress.ip_address("127.0.0.1")
    assert Fetcher(is_public=lambda each: each == checked).get(address).is_success
    assert asked == ["rebinds.example.com"]
    assert b"\r\nHost: rebinds.example.com:" in host.received[0]


def test_a_host_with_several_addresses_is_tried_at_each(host: PictureHost, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def look_up(name: Any, *rest: Any, **more: Any) -> Any:
        names = ("127.0.0.2", "127.0.0.1") if name == "two.example.com" else (name,)
        return [found for each in names for found in real(each, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    found = Fetcher(allow_private=True).get(host.at("/logo.png").replace("127.0.0.1", "two.example.com"))
    assert found.is_success


def test_a_port_where_nobody_listens_is_one_clause(fetcher: Fetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{closed.getsockname()[1]}"
        assert refused(fetcher, f"http://{at}/logo.png") == f"{at} refuses connections"


@pytest.mark.parametrize("address", ["ftp://www.example.com/logo.png", "//www.example.com/logo.png", "logo.png"])
def test_another_scheme_is_not_fetched(address: str, fetcher: Fetcher) -> None:
    assert refused(fetcher, address) == "only http:// and https:// are fetched"


def test_what_is_not_an_address_is_one_clause(fetcher: Fetcher) -> None:
    assert refused(fetcher, "http://[::1/logo.png") == "the address is not valid"


@proves("B22")
def test_a_proxy_of_the_environment_is_not_used(host: PictureHost, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Fetcher(allow_private=True).get(host.at("/logo.png")).is_success


def test_a_mistake_of_ours_is_no_finding_about_a_host(
    host: PictureHost, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("ours")

    monkeypatch.setattr("rcs_provider.pictures.exchange.get", broken)
    with pytest.raises(LookupError, match="ours"):
        fetcher.get(host.at("/logo.png"))


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for 127.0.0.1 and named.example.com that nobody trusts by itself, and its key."""
    folder = tmp_path_factory.mktemp("certificates")
    names = "subjectAltName=IP:127.0.0.1,DNS:named.example.com"
    made = ("-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=test", "-days", "2", "-addext", names)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made], cwd=folder, check=True, capture_output=True
    )
    return folder


class _Logo(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.wfile.write(picture(image()))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def secure(certificates: Path) -> Iterator[str]:
    """Host and port of a server behind TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "cert.pem", certificates / "key.pem")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Logo) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@proves("B22")
def test_a_certificate_that_is_not_trusted_is_one_clause(secure: str, fetcher: Fetcher) -> None:
    assert refused(fetcher, f"https://{secure}/logo.png") == (
        f"the certificate of {secure} is not trusted here: self-signed certificate"
    )


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_authorities_are_those_that_calls_to_kaleyra_trust(
    variable: str, secure: str, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(certificates / "cert.pem"))
    assert Fetcher(allow_private=True).get(f"https://{secure}/logo.png").is_success
    monkeypatch.setenv(variable, str(certificates / "nowhere.pem"))
    with pytest.raises(NotSent, match=f"{variable} is .*nowhere.pem, which does not exist"):
        Fetcher()


@proves("B22")
def test_a_certificate_is_held_to_the_name_and_not_to_the_address_behind_it(
    secure: str, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = socket.getaddrinfo, list[str]()

    def look_up(name: Any, *rest: Any, **more: Any) -> Any:
        asked.append(name)
        return real("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "cert.pem"))
    fetcher, port = Fetcher(allow_private=True), secure.partition(":")[2]
    assert fetcher.get(f"https://named.example.com:{port}/logo.png").is_success
    assert "named.example.net" in refused(fetcher, f"https://named.example.net:{port}/logo.png")
    assert [each for each in asked if each != "127.0.0.1"] == ["named.example.com", "named.example.net"]


def test_a_host_that_speaks_no_tls_is_one_clause(host: PictureHost, fetcher: Fetcher) -> None:
    at = host.url.removeprefix("http://")
    assert refused(fetcher, f"https://{at}/logo.png") == f"TLS with {at} fails"
