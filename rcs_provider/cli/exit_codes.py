"""The exit codes, as `kaleyra-rcs --help` lists them."""

from typing import Final

DONE: Final = 0
REFUSED: Final = 1
"""The API refused, or could not be reached."""
WRONG_USE: Final = 2
"""Wrong usage or settings; nothing was tried."""
FOUND: Final = 3
"""Finished, and found something to mend."""
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141
"""What a shell reports of a program whose reader went away."""
