"""The code that an import writes is a program whose next preview is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from proves import proves
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program


@proves("F1", "F3")
@pytest.mark.timeout(1800)
def test_the_program_that_an_import_writes_previews_empty(example: Callable[[str], Program]) -> None:
    program = example("typescript")
    number = program.simulator.world("in").seed_agent(**LEAST)
    written = program.folder / "imported.ts"
    program.good(
        *("import", "kaleyra:rcs:Agent", "support", number),
        *("--yes", "--protect=false", "--out", str(written)),
    )
    (program.folder / "index.ts").write_text(written.read_text())
    assert "new kaleyra.rcs.Agent(" in program.source
    program.settled()
