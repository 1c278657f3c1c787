"""What a process of either face needs to serve the engine: its calls, lines to the user, its end.

This module loads nothing, as a program imports it.
"""

from typing import Final

PROVIDER_KEY: Final = "__provider"
"""The property in which the dynamic face keeps its pickled provider; a state that has it comes from that face."""
