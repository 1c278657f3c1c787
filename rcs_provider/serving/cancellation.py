"""Whether the engine has cancelled the run that this process serves."""

from __future__ import annotations

import threading
from typing import Final

CANCELLED: Final = threading.Event()
"""Set once the engine has told this process that the run is cancelled, or the engine is gone."""
