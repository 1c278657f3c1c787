"""Which hosts may be fetched from: the ones of the public internet, however an address is written."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from proves import proves

from rcs_provider.pictures.answer import PictureError
from rcs_provider.pictures.hosts import addresses_of, is_public

PRIVATE = (
    *("127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::1"),
)
PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:4700::6810:84e5", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1")


@proves("B22")
@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_one_machine_of_the_internet_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@proves("B22")
@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "::ffff:127.0.0.1"])
def test_a_private_address_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(PictureError, match=r"not a public address: only --allow-private fetches from it$"):
        addresses_of(host, 80, is_public)


@proves("B22")
def test_a_name_is_refused_where_one_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(PictureError) as caught:
        addresses_of("www.example.com", 80, is_public)
    assert str(caught.value) == (
        "www.example.com leads to 10.0.0.1, which is not a public address: only --allow-private fetches from it"
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), "there is no host www.example.com"),
        (socket.gaierror(socket.EAI_AGAIN, ""), "www.example.com cannot be looked up"),
        (UnicodeError("label too long"), "there is no host www.example.com"),
    ],
)
def test_a_name_that_is_not_found_is_told_from_one_that_cannot_be_looked_up(
    error: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(PictureError) as caught:
        addresses_of("www.example.com", 80, is_public)
    assert str(caught.value) == reason
