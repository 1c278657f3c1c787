"""When a provider's process may end by itself; that it does is shown with the real engine."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

from proves import proves

from rcs_provider.serving import orphan

if TYPE_CHECKING:
    import pytest


@proves("D23")
def test_an_engine_is_gone_only_where_its_address_refuses_connections() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        assert not orphan._is_gone(address)
    assert orphan._is_gone(address)
    assert not orphan._is_gone("no address")


@proves("D23")
def test_the_process_ends_after_its_last_call_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    hurried, tidied, ended = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(orphan, "_PAUSE", 0.01)
    monkeypatch.setattr("os._exit", lambda _: ended.set())
    with orphan.under_way():
        orphan.end_with_engine(address, hurried.set, tidied.set)
        assert hurried.wait(10)
        assert not tidied.wait(0.2)
    assert ended.wait(10)
    assert tidied.is_set()
