"""The addresses that a host's name leads to, and which of them anybody on the internet could reach."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Final

from .answer import PictureError

if TYPE_CHECKING:
    from collections.abc import Callable

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Stands for an IPv4 address where a network has only IPv6 (RFC 6052)."""
_UNKNOWN: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""Reasons of a look-up that found no such name; all others may pass."""


def addresses_of(host: str, port: int, allows: Callable[[IPAddress], bool]) -> list[str]:
    """Looks a host's name up once, and gives the IP addresses that may be connected to.

    Args:
        host: a name or an IP address, without brackets.
        port: to connect to.
        allows: whether an address may be connected to.

    Raises:
        PictureError: there is no such host, or one of its addresses is not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        unknown = isinstance(error, UnicodeError) or error.errno in _UNKNOWN
        raise PictureError(f"there is no host {host}" if unknown else f"{host} cannot be looked up") from error
    listed = list(dict.fromkeys(str(each[4][0]) for each in found))
    if refused := [each for each in listed if not allows(ipaddress.ip_address(each.partition("%")[0]))]:
        leads = "" if refused[0] == host else f" leads to {refused[0]}, which"
        raise PictureError(f"{host}{leads} is not a public address: only --allow-private fetches from it")
    return listed


def is_public(address: IPAddress) -> bool:
    """Whether an address is one machine's on the public internet; what stands for another is judged as that."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _inside(address)) is not None:
        return is_public(inner)
    special = (address.is_multicast, address.is_reserved, address.is_unspecified, address.is_loopback)
    local = address.is_link_local or getattr(address, "is_site_local", False)
    return address.is_global and not local and not any(special)


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
