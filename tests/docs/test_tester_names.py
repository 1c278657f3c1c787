"""The testers of the page on testers have names of their own: taking one out leaves the others as they are."""

from __future__ import annotations

import json

import pytest
from programs import run

import examples

PAGE = "docs/how-to/tester-rounds.md"
PHONES = {"asha": "919000000001", "bruno": "919000000002", "chen": "919000000003"}


def declared(phones: dict[str, str]) -> dict[str, object]:
    """What the page's program registers, by names."""
    program = examples.programs(runnable=True)[PAGE]
    config = {"proof:agentNumber": "71732", "proof:phones": json.dumps(phones)}
    seen = run(lambda: exec(compile(program, PAGE, "exec"), {"__name__": "__main__"}), config=config)  # noqa: S102
    return {each.name: each.inputs for each in seen.resources}


@pytest.mark.parametrize("gone", PHONES)
def test_taking_out_one_tester_leaves_the_others_as_they_are(gone: str) -> None:
    every = declared(PHONES)
    left = declared({name: phone for name, phone in PHONES.items() if name != gone})
    assert every.keys() - left.keys() == {f"pilot-{gone}"}
    assert {name: every[name] for name in left} == left
