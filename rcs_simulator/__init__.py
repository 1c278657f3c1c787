"""A server that behaves like Kaleyra's documented RCS API, quirks included.

    with Simulator() as simulator:
        world = simulator.world("in")
        world.url, world.sid, world.api_key

A pod is one of Kaleyra's regions, `in` or `na`, which share nothing. A world is one pod of a running simulator, as a
test sees it: what to send requests to, and how to prepare and question it.

Written from the vendor's pages alone. Each of these uses only those below it:

- `server`: the HTTP server, its command line and its data folder
- `control`: what a test does to a running simulator and asks of it
- `pod`: everything that the server of one pod knows
- `faults`: what makes a call fail or take its time
- `api`: the calls that the vendor's pages document, and switches for what those pages leave open
- `state`: what is remembered between two calls: the database, ids, time and the journal
"""

from rcs_simulator.control.world import Entry, World, WorldError, WorldLookupError
from rcs_simulator.server.simulator import Simulator

__all__ = ["Entry", "Simulator", "World", "WorldError", "WorldLookupError"]
