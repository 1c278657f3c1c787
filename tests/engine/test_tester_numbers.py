"""Testers' numbers: read as international ones, and never invited on a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proves import proves
from samples import LEAST
from wire import writes

if TYPE_CHECKING:
    from project import Project

    from rcs_simulator import World

AGENT: Final = {"agent": LEAST}
TRUNK: Final = "+44 (0)7911 123456"
GUESS: Final = (
    "phoneno: is read as a number of {}, where it is not a valid mobile number: start with + and the country code, "
    'such as "+91 98765 43210"'
)
WARNED: Final = (
    "warning: phoneno: is read as a number of {}, where it is not a valid mobile number: "
    "check it before a person is invited"
)


def _testers(**phones: str) -> dict[str, dict[str, str]]:
    return {name: {"agent": "agent", "phoneno": phone} for name, phone in phones.items()}


@proves("B19")
def test_a_number_without_its_country_code_is_refused_a_fixed_line_warned_about_and_a_trunk_zero_not_sent(
    project: Project, world: World
) -> None:
    for phone, country in (("9876543210", "Iran (+98)"), ("442079460000", "United Kingdom (+44)")):
        project.declare(AGENT, _testers(pilot=phone))
        preview = project.preview()
        assert preview.code != 0
        assert GUESS.format(country) in preview.diagnostics
        assert phone not in preview.raw
    right = _testers(trunk=TRUNK, pilot="+1 201 555 0123", office="+44 20 7946 0000", odd="+98 765 43210")
    project.declare(AGENT, right)
    run = project.up()
    assert "pilot" not in run.said, "no type of number can be told from another there"
    assert WARNED.format("United Kingdom (+44)") in run.said["office"]
    assert WARNED.format("Iran (+98)") in run.said["odd"]
    number = project.resources()["agent"]["id"]
    assert world.invitations(number) == len(right)
    assert project.resources()["trunk"]["id"] == f"{number}/447911123456"
    assert "447911123456" in [entry.phoneno for entry in world.journal("register_tester")]
    project.declare(AGENT, {**right, **_testers(again="447911123456")})
    assert f"tester ***56 of agent {number} is declared twice" in project.preview().diagnostics
    project.declare(AGENT, {**right, **_testers(trunk="+447911123456")})
    project.settles()
    assert world.invitations(number) == len(right)


@proves("B19")
def test_what_an_older_version_stored_keeps_its_id_and_its_spelling(project: Project, world: World) -> None:
    """As version 0.1.0 left it: a trunk zero that was sent, and a number that was taken for an Iranian one."""
    project.declare(AGENT, _testers(trunk=TRUNK, guess="+98 765 43210"))
    project.up()
    number = project.resources()["agent"]["id"]
    world.remove_tester(number, "447911123456")
    world.seed_tester(number, "4407911123456")
    state = project.state_file.read_text()
    project.state_file.write_text(
        state.replace(f"{number}/447911123456", f"{number}/4407911123456").replace("+98 765 43210", "9876543210")
    )
    project.declare(AGENT, _testers(trunk=TRUNK, guess="9876543210"))
    project.settles()
    kept = project.resources()
    assert (kept["trunk"]["id"], kept["trunk"]["inputs"]["phoneno"]) == (f"{number}/4407911123456", TRUNK)
    assert (kept["guess"]["id"], kept["guess"]["inputs"]["phoneno"]) == (f"{number}/9876543210", "9876543210")

    world.clear_journal()
    again = _testers(trunk=TRUNK, guess="9876543210")
    project.declare(AGENT, {**again, "trunk": {**again["trunk"], "resend": "1"}})
    run = project.up()
    assert [entry.phoneno for entry in world.journal("register_tester")] == ["447911123456"]
    assert "it passes, as it is stored so" in run.said["guess"][0]
    assert project.resources()["trunk"]["id"] == f"{number}/4407911123456"

    # Nothing is spent on a guess, though it is stored: neither another invitation nor one for another agent.
    world.clear_journal()
    project.declare(AGENT, {**again, "guess": {**again["guess"], "resend": "1"}})
    assert "no invitation is sent again, as phoneno: is read as a number of Iran (+98)" in project.preview().diagnostics
    project.declare({"agent": {**LEAST, "hosting_region": "EUROPE"}}, again)
    preview = project.preview()
    assert GUESS.format("Iran (+98)") in preview.diagnostics
    assert writes(world) == []
