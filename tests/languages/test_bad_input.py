"""What a program of another language is told about what it declares wrongly, in that language's names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from program import UNTYPED
from proves import proves

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program

MISTAKES = {
    "yaml": (
        ("agentNo:", "agenNo:", "agentNo: Missing required property 'agentNo'"),
        ("website: []", "website: none", "website: Cannot assign type 'string' to type 'List<kaleyra:rcs:Link>'"),
    ),
    "typescript": (
        ("agentNo:", "agenNo:", "Did you mean to write 'agentNo'?"),
        ("website: []", 'website: "none"', "'string' is not assignable to type 'Input<Input<LinkArgs>[]>'"),
    ),
    "go": (
        ("AgentNo:", "AgenNo:", "unknown field AgenNo in struct literal of type rcs.TesterArgs"),
        ("rcs.LinkArray{}", 'pulumi.String("none")', "does not implement rcs.LinkArrayInput"),
    ),
}
"""A misspelt input and one of another type: what was right, what stands there instead, what the language says of it."""


@proves("F3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", MISTAKES)
def test_the_language_itself_tells_of_each_wrong_input_in_one_line(
    example: Callable[[str], Program], language: str
) -> None:
    program = example(language)
    for right, written, _ in MISTAKES[language]:
        program.replace(right, written)
    run = program.pulumi("preview")
    assert run.code != 0
    _, _, diagnostics = run.out.partition("\nDiagnostics:\n")
    said = diagnostics.splitlines()
    assert [sum(told in line for line in said) for _, _, told in MISTAKES[language]] == [1, 1], run.out
    assert program.simulator.world("in").journal() == []


@proves("F3", "B3")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", MISTAKES)
def test_what_only_the_plugin_knows_is_one_line_at_the_resource_in_its_language(
    example: Callable[[str], Program], language: str
) -> None:
    program = example(language)
    program.replace('"Support"' if language != "yaml" else "displayName: Support", long(language))
    run = program.pulumi("preview", **UNTYPED)
    assert run.code != 0
    _, _, diagnostics = run.out.partition("\nDiagnostics:\n")
    lines = [line.strip() for line in diagnostics.splitlines() if "error:" in line]
    assert len(lines) == 1, run.out
    problem = "displayName: is 41 characters long, at most 40 are allowed"
    assert re.fullmatch(rf"error: kaleyra:rcs:Agent resource 'support(-na)?' has a problem: {problem}", lines[0])


def long(language: str) -> str:
    """The display name in the words of a program, longer than it may be."""
    return f'"{"x" * 41}"' if language != "yaml" else f"displayName: {'x' * 41}"
