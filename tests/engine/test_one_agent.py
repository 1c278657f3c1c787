"""One agent under several names, providers, processes and stacks: it is never lost, and declared once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from faces import only
from proves import proves
from samples import LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from project import Project

    from rcs_simulator import World


def account(world: World, name: str, **more: Any) -> str:
    """A line of a program that declares an explicit provider of the simulator's account."""
    given = {"pod": "in", "sid": world.sid, "api_key": world.api_key, "endpoint": world.url, **more}
    return f"{name} = Provider({name!r}, **{given!r})\n"


COMPONENT: Final = """
class Team(pulumi.ComponentResource):
    def __init__(self, name, opts, **arguments):
        super().__init__("proof:index:Team", name, None, opts)
        RcsAgent(f"{name}-agent", **{**LEAST, **arguments}, opts=ResourceOptions(parent=self))
"""


# one agent, two processes


@proves("D27")
def test_an_agent_that_goes_on_under_another_provider_outlives_the_resource_that_had_it(
    project: Project, world: World
) -> None:
    one, two = account(world, "one", deletion_policy="delete"), account(world, "two", deletion_policy="delete")
    steps = [
        "RcsAgent('old', **LEAST)",
        one + "RcsAgent('new', **LEAST, opts=ResourceOptions(provider=one))",
        one + two + "RcsAgent('newer', **LEAST, opts=ResourceOptions(provider=two))",
        two + COMPONENT + "Team('team', ResourceOptions(providers=[two]))",
    ]
    for body, before in zip(steps, [None, "old", "new", "newer"], strict=True):
        project.program(body)
        run = project.up()
        if before is not None:
            stays = [line for line in run.said[before] if " stays: " in line]
            assert len(stays) == 1, run.out
    assert [each["status"] for each in world.agents()] == ["ACTIVE"]
    assert writes(world) == ["create_agent"]
    assert list(project.resources()) == ["team-agent"]
    project.settles()


@proves("D27")
def test_two_declarations_under_two_providers_of_one_account_are_refused_in_preview(
    project: Project, world: World
) -> None:
    one = account(world, "one")
    project.program(
        one + "RcsAgent('here', **LEAST)\n" + "RcsAgent('there', **LEAST, opts=ResourceOptions(provider=one))\n"
    )
    refused = project.fails("preview")
    assert "service_code SUPPORT is declared twice, by here and by there" in refused.out
    project.program(
        one
        + "agent = RcsAgent('here', **LEAST)\n"
        + "RcsTester('first', agent_no='71732', phoneno='+919000000001')\n"
        + "RcsTester('second', agent_no='71732', phoneno='919000000001', opts=ResourceOptions(provider=one))\n"
    )
    refused = project.fails("preview")
    # Two processes check at the same time.
    assert re.search(
        "tester [*]{3}01 of agent 71732 is declared twice, by (first and by second|second and by first)", refused.out
    )
    assert calls(world) == []


# targeted runs


TARGETED: Final = {
    "name-gone": ("up", "--yes", "--skip-preview", "--target", "{old}"),
    "refresh": ("up", "--yes", "--skip-preview", "--refresh", "--target", "{old}"),
    "destroy": ("destroy", "--yes", "--skip-preview", "--run-program", "--target", "{old}"),
    # Whatever else is gone would go in the next two runs: they come last.
    "without-the-declared": ("up", "--yes", "--skip-preview", "--exclude", "{new}", "--exclude", "{last}"),
    "all": ("up", "--yes", "--skip-preview"),
}
"""By the code of an agent the run that leaves it one of its two names."""


@proves("D22", "D27")
def test_neither_a_targeted_run_nor_a_whole_one_deletes_what_another_declared_resource_has(
    project: Project, world: World
) -> None:
    agents = {how: {**LEAST, "service_code": how} for how in TARGETED}
    project.declare({f"old-{how}": args for how, args in agents.items()})
    project.up()
    old = {how: project.urn(f"old-{how}") for how in TARGETED}
    new = {how: urn.replace("::old-", "::new-") for how, urn in old.items()}
    only_new = {f"new-{how}": args for how, args in agents.items()}
    # Two declarations are refused also where one of them is not targeted.
    project.declare({**only_new, "old-all": agents["all"]})
    refused = project.fails("up", "--yes", "--skip-preview", "--target", new["all"])
    assert "service_code all is declared twice, by new-all and by old-all" in refused.out
    # What is left of a run that was stopped between taking over and forgetting.
    project.declare(only_new)
    taken = project.up(*(flag for urn in new.values() for flag in ("--target", urn)))
    for how in TARGETED:
        assert any("pulumi state delete" in line for line in taken.said[f"new-{how}"]), taken.out
    left = {f"{name}-{how}" for name in ("old", "new") for how in TARGETED}
    assert set(project.resources()) == left
    for how, command in TARGETED.items():
        run = project.pulumi(*(each.format(old=old[how], new=new[how], last=old["all"]) for each in command))
        assert run.code == 0, run.out
        assert any(" stays: " in line for line in run.said[f"old-{how}"]), run.out
        left.remove(f"old-{how}")
        assert set(project.resources()) == left, how
    assert [each["status"] for each in world.agents()] == ["ACTIVE"] * len(TARGETED)
    assert writes(world) == ["create_agent"] * len(TARGETED)
    project.settles()


# the policy of the account that is used


@proves("D29")
def test_the_policy_is_that_of_the_account_that_an_agent_inherits(project: Project, world: World) -> None:
    kept, loose = account(world, "kept", deletion_policy="prevent"), account(world, "loose", deletion_policy="retain")
    project.program(
        kept
        + loose
        + COMPONENT
        + "Team('safe', ResourceOptions(providers=[kept]), service_code='SAFE')\n"
        + "Team('left', ResourceOptions(provider=loose), service_code='LEFT')\n"
    )
    project.up()
    assert {name: each["inputs"]["deletion_policy"] for name, each in project.resources().items()} == {
        "safe-agent": "prevent",
        "left-agent": "retain",
    }
    world.clear_journal()
    refused = project.fails("destroy", "--yes", "--skip-preview")
    assert any("cannot be deleted" in line for line in refused.errors), refused.out
    # The engine's protection is an early warning: the provider holds the policy without it.
    assert project.pulumi("state", "unprotect", "--all", "--yes").code == 0
    safe = project.urn("safe-agent")
    program = (project.folder / "__main__.py").read_text()
    for command in (["destroy"], ["up", "--target", safe]):
        if command[0] == "up":  # the agent leaves the program
            project.program(kept + loose)
        refused = project.fails(*command, "--yes", "--skip-preview")
        lines = [line for line in refused.said["safe-agent"] if line.startswith("error: ")]
        assert len(lines) == 1, refused.out
        assert 'it is protected by its deletion_policy "prevent"' in lines[0]
        assert f"`pulumi state delete '{safe}'`" in lines[0]
        project.write("__main__.py", program)
    assert writes(world) == []
    assert "safe-agent" in project.resources()
    # The way out that the line names.
    loosened = account(world, "kept", deletion_policy="delete")
    project.program(loosened + COMPONENT + "Team('safe', ResourceOptions(providers=[kept]), service_code='SAFE')\n")
    project.up()
    project.destroy()
    assert [each["service_code"] for each in world.agents()] == ["LEFT"]


# a stack that is copied


@proves("D28")
def test_an_agent_that_a_copied_stack_took_over_outlives_it_unless_it_was_told_to_adopt_or_to_delete_it(
    project: Project, make: Callable[..., Project], world: World
) -> None:
    told = {**LEAST, "service_code": "TOLD"}
    project.declare({"support": LEAST, "told": told})
    project.up()
    number = project.resources()["support"]["id"]
    review = make("review", stack="review", env={"PULUMI_BACKEND_URL": project.environment()["PULUMI_BACKEND_URL"]})
    review.configure(deletionPolicy="delete")
    review.declare({"support": LEAST, "told": {**told, "on_existing": "adopt"}})
    run = review.up()
    line = next(each for each in run.said["support"] if f"takes over agent {number}" in each)
    assert "another stack may manage it" in line
    review.settles()
    gone = review.destroy()
    left = [each for each in gone.said["support"] if f"agent {number} stays" in each]
    assert len(left) == 1
    assert "deletion_policy" in left[0]
    # What a program was told to adopt is deleted by the stack's policy.
    assert [(each["service_code"], each["status"]) for each in world.agents()] == [("SUPPORT", "ACTIVE")]
    # A policy on the resource itself decides.
    review.declare({"support": LEAST})
    review.up()
    review.declare({"support": {**LEAST, "deletion_policy": "delete"}})
    assert review.preview().ops == {"support": "update"}
    review.up()
    review.settles()
    review.destroy()
    assert world.agents() == []


# what the processes of a run share


SHOWING: Final = """
import glob, tempfile
agent = RcsAgent("agent", **LEAST)
RcsTester("handset", agent_no=agent.agent_number, phoneno="+919000000001")

def show(_):
    for file in glob.glob(tempfile.gettempdir() + "/kaleyra-rcs-*/*"):
        with open(file) as record, open("shown.txt", "a") as shown:
            shown.write(record.read())

agent.agent_number.apply(show)
"""


@proves("D27")
def test_what_a_run_shares_holds_no_secret_and_no_number_and_goes_with_the_run(
    project: Project, world: World, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    project.env["TMPDIR"] = str(tmp_path / "temporary")
    project.program(SHOWING)
    project.up()
    shown = (project.folder / "shown.txt").read_text()
    assert project.urn("agent") in shown
    assert not [each for each in (world.api_key, world.sid, "9000000001", "SUPPORT") if each in shown]
    (folder,) = (tmp_path / "temporary").glob("kaleyra-rcs-*")
    assert list(folder.iterdir()) == []
    # Others could read it.
    folder.chmod(0o755)
    run = project.up()
    assert run.out.split("Diagnostics:")[1].count("cannot be shared between its processes") == 1


INLINE: Final = """
import json, sys
from pulumi import automation as auto
from samples import LEAST
from rcs_provider import RcsAgent

name = "old"
stack = auto.create_or_select_stack("dev", project_name="inline", program=lambda: RcsAgent(name, **LEAST))
stack.set_all_config({f"kaleyra:{key}": auto.ConfigValue(value) for key, value in json.loads(sys.argv[1]).items()})
stack.up()
urn = "urn:pulumi:dev::inline::pulumi-python:dynamic/rcs:RcsAgent::"
name = "new"
stack.up(target=[urn + "new"])
print(stack.up(target=[urn + "old"]).stdout)
"""


@only("dynamic", "the program chooses no face")
@proves("D27", "E17")
def test_an_inline_program_tells_its_providers_what_it_declares(project: Project, world: World) -> None:
    project.write("script.py", INLINE)
    settings = {"pod": "in", "sid": world.sid, "deletionPolicy": "delete"}
    done = subprocess.run(
        [sys.executable, "script.py", json.dumps(settings)],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert " stays: " in done.stdout
    assert [each["status"] for each in world.agents()] == ["ACTIVE"]
