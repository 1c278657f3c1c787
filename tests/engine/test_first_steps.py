"""The README, followed to the letter: what it makes in an account, and who warns before its example gets there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from project import ROOT
from proves import proves
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

STEPS = re.findall(
    r"```sh\n(.*?)```",
    (ROOT / "README.md").read_text().partition("## Use it with an account")[2].partition("\n## ")[0],
    re.DOTALL,
)
SET_UP = ("tools/venv", "pulumi login")
"""Done already where tests run: the environment, and a backend of their own."""


def commands(block: str) -> list[str]:
    """A block's commands, without their remarks and without the set-up."""
    found = [" ".join(shlex.split(line, comments=True)) for line in block.splitlines()]
    return [each for each in found if each not in SET_UP]


def follow(project: Project, steps: list[str], answers: dict[str, str]) -> str:
    """What commands print, on the stack that they select."""
    said = ""
    for line in steps:
        for asked, answer in answers.items():
            line = line.replace(asked, answer)  # noqa: PLW2901 - what a user types
        program, *words = line.split()
        if program == "pulumi":
            run = project.pulumi(*words, *(["--yes"] if words == ["up"] else []))
            assert run.code == 0, run.out
            said += run.out
        else:
            command = [project.folder / program, *words]
            said += subprocess.run(
                command, cwd=project.folder, env=project.environment(), capture_output=True, text=True, check=True
            ).stdout
    return said


@proves("E15", "B3")
def test_the_readme_to_the_letter_makes_one_agent_and_its_example_is_told_before_kaleyra_has_it(
    make: Callable[..., Project], world: World
) -> None:
    project = make(env={"PULUMI_STACK": None})
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / name, project.folder)
    shutil.copytree(ROOT / "stacks", project.folder / "stacks")
    (project.folder / ".venv").symlink_to(sys.prefix)
    first, second = STEPS[0], commands(STEPS[-1])
    answers = {"kaleyra:apiKey": f"kaleyra:apiKey {world.api_key}", "YOUR_SID": world.sid}
    said = follow(project, commands(first), answers)
    assert "key and SID are accepted" in said
    assert "+ 1 to create" in said  # the stack itself
    assert [each.method for each in world.journal()] == ["GET"]
    world.clear_journal()
    file = project.folder / "stacks" / "Pulumi.in.yaml"
    agents, testers, rest = file.read_text().partition("  # Every tester")
    example = re.sub(r"^  # (?= )", "  ", agents, flags=re.MULTILINE).replace(": {}", ":")
    file.write_text(example + testers + rest)
    project.env["KALEYRA_ENDPOINT"] = None  # Kaleyra's own address, which a preview does not call
    names = "logo_url, hero_url, emails, privacy, terms_conditions, website, brand_details"
    for command in second[:2]:
        assert f"{names}: still an example's (example.com, brand 10001)." in follow(project, [command], {})
    project.env["KALEYRA_ENDPOINT"] = world.url
    assert calls(world) == []
    assert second[2:] == ["pulumi up"]
    said = follow(project, second[2:], {})
    assert "+ 2 to create" in said  # the stack, and the agent
    assert "example's" not in said
    assert writes(world) == ["create_agent"]
