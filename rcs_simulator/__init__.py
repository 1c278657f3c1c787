"""A server that behaves like Kaleyra's documented RCS API, quirks included.

    with Simulator() as simulator:
        world = simulator.world("in")
        world.url, world.sid, world.api_key

Written from the vendor's pages alone.
"""

from rcs_simulator.server import Simulator
from rcs_simulator.world import Entry, World, WorldError, WorldLookupError

__all__ = ["Entry", "Simulator", "World", "WorldError", "WorldLookupError"]
