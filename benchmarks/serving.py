"""How many requests a second the simulator serves, so that it is never what a benchmark measures."""

from __future__ import annotations

import time
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from worlds import AGENT, metered

if TYPE_CHECKING:
    from rcs_simulator import World

_CLIENTS: Final = 8
_EACH: Final = 500


def served() -> dict[str, float]:
    """Reads of one agent by several clients at once: `{"requests": ..., "seconds": ..., "per_second": ...}`."""
    with metered() as meter:
        number = meter.world.seed_agent(**AGENT, service_code="CODE0")
        clients = [Thread(target=_ask, args=(meter.world, number)) for _ in range(_CLIENTS)]
        started = time.perf_counter()
        for each in clients:
            each.start()
        for each in clients:
            each.join()
        seconds = time.perf_counter() - started
        answered = len(meter.world.journal("get_agent"))
    if answered != _CLIENTS * _EACH:
        raise SystemExit(f"the simulator answered {answered} of {_CLIENTS * _EACH} requests")
    return {"requests": answered, "seconds": round(seconds, 2), "per_second": round(answered / seconds)}


def _ask(world: World, number: str) -> None:
    address = urlsplit(world.url)
    connection = HTTPConnection(address.hostname or "", address.port)
    path, headers = f"/v1/{world.sid}/rcs/agent/{number}", {"api-key": world.api_key}
    for _ in range(_EACH):
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
    connection.close()
