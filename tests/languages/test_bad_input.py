"""What a program of another language is told about what it declares wrongly, in that language's names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program

MISSPELT = {
    "yaml": ("displayName:", "displayNam:", "displayName: Missing required property 'displayName'"),
    "typescript": ("displayName:", "displayNam:", "Did you mean to write 'displayName'?"),
    "go": ("DisplayName:", "DisplayNam:", "unknown field DisplayNam in struct literal of type rcs.AgentArgs"),
}
OF_ANOTHER_TYPE = {
    "yaml": ("website: []", "website: none", "website: Cannot assign type 'string' to type 'List<kaleyra:rcs:Link>'"),
    "typescript": (
        "website: []",
        'website: "none"',
        "'string' is not assignable to type 'Input<Input<LinkArgs>[]>'",
    ),
    "go": ("rcs.LinkArray{}", 'pulumi.String("none")', "does not implement rcs.LinkArrayInput"),
}
"""What was right, what stands there instead, and what the language itself says of it."""


@proves("F3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", MISSPELT)
@pytest.mark.parametrize("wrong", [MISSPELT, OF_ANOTHER_TYPE], ids=["a misspelt input", "a wrong type"])
def test_the_language_itself_tells_what_is_wrong_in_one_line(
    example: Callable[[str], Program], language: str, wrong: dict[str, tuple[str, str, str]]
) -> None:
    program = example(language)
    right, written, told = wrong[language]
    program.replace(right, written)
    run = program.pulumi("preview")
    assert run.code != 0
    _, _, diagnostics = run.out.partition("\nDiagnostics:\n")
    assert len([line for line in diagnostics.splitlines() if told in line]) == 1, run.out
    assert program.simulator.world("in").journal() == []


@proves("F3", "B3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", MISSPELT)
def test_what_only_the_plugin_knows_is_one_line_at_the_resource_in_its_language(
    example: Callable[[str], Program], language: str
) -> None:
    program = example(language)
    program.replace('"Support"' if language != "yaml" else "displayName: Support", long(language))
    run = program.pulumi("preview")
    assert run.code != 0
    _, _, diagnostics = run.out.partition("\nDiagnostics:\n")
    lines = [line.strip() for line in diagnostics.splitlines() if "error:" in line]
    assert len(lines) == 1, run.out
    problem = "displayName: is 41 characters long, at most 40 are allowed"
    assert re.fullmatch(rf"error: kaleyra:rcs:Agent resource 'support(-na)?' has a problem: {problem}", lines[0])


def long(language: str) -> str:
    """The display name in the words of a program, longer than it may be."""
    return f'"{"x" * 41}"' if language != "yaml" else f"displayName: {'x' * 41}"
