"""Makes the interpreters of a command look for garbage less often: they load much, drop little, and end in seconds."""

from __future__ import annotations

import gc

gc.set_threshold(50_000)
