"""What a process that serves the engine needs, whichever face it has: the call, the way to the user, its end.

This module loads nothing, as a program imports it.
"""

from typing import Final

PROVIDER_KEY: Final = "__provider"
"""The property in which the dynamic face keeps its pickled provider; it tells that a state comes from there."""
