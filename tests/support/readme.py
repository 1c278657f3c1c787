"""What a README tells to type, and what it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """What a README tells to type, and the lines that it then shows."""

    typed: str
    shown: tuple[str, ...]


def steps(readme: str) -> list[Step]:
    """The blocks of a README: each `sh` is typed; one without a language straight after it is what is seen."""
    blocks = BLOCK.findall(readme)
    after = [*blocks[1:], ("", "")]
    pairs = zip(blocks, after, strict=True)
    return [
        Step(typed, tuple(plain(shown)) if not language else ())
        for (kind, typed), (language, shown) in pairs
        if kind == "sh"
    ]


def plain(text: str) -> list[str]:
    """The lines that say something; numbers of agents depend on what the simulator has seen before."""
    return [re.sub(r"\d{5,}", "NUMBER", line.strip()) for line in text.splitlines() if line.strip()]


def missing(shown: tuple[str, ...], said: str) -> list[str]:
    """The shown lines that are not said in this order."""
    rest = iter(plain(said))
    return [line for line in shown if line not in rest]
