"""Agents and testers as data of the stack: what is secret, what is misspelt, and what is empty."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from declarations import IMPORTS
from faces import only
from proves import proves
from samples import LEAST, PHONE
from wire import calls

from rcs_provider.core.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

LATER: Final = "919000000002"
BRAND: Final = "80327741"
NAMES: Final = [each.key for each in SETTINGS]
DATA: Final = "from rcs_provider import stack_data\n\nstack_data.declare()\n"


@pytest.fixture
def stack(make: Callable[..., Project]) -> Project:
    """A project whose agents and testers are data of the stack."""
    made = make()
    made.program(DATA)
    made.configure(deletionPolicy="delete")
    return made


def _secret(project: Project, **values: str) -> None:
    pairs = (f"rcs:{path}={value}" for path, value in values.items())
    done = project.pulumi("config", "set-all", "--path", *(part for each in pairs for part in ("--secret", each)))
    assert done.code == 0, done.out


@proves("E22", "E10")
def test_what_is_secret_in_a_stacks_data_is_nowhere_in_clear(stack: Project, world: World) -> None:
    stack.configure(agents={"support": {**LEAST, "deletion_policy": "retain"}}, testers={"pilot": {"agent": "support"}})
    _secret(stack, **{"agents.support.brand_details.brand_no": BRAND, "testers.pilot.phoneno": PHONE})
    printed = {"first preview": stack.preview().raw, "up": stack.up("--diff").out}
    printed["first state"] = stack.state_file.read_text()
    number = stack.resources()["support"]["id"]
    assert world.agent(number)["brand_details"]["brand_no"] == BRAND
    assert world.invitations(number) == 1
    world.patch_agent(number, brand_details={"brand_no": "10009"})
    _secret(stack, **{"testers.pilot.phoneno": LATER})
    printed["refresh"] = stack.refresh("--diff").out
    printed["refreshed"] = stack.state_file.read_text()
    printed["preview"], printed["diff"] = stack.preview().raw, stack.pulumi("preview", "--diff").out
    printed["outputs"] = stack.pulumi("stack", "output", "--json").out
    found = {
        (title, value)
        for title, text in printed.items()
        for value in (PHONE, LATER, BRAND)
        if value in text.replace(f"{number}/{PHONE}", "")
    }
    assert found == set()
    assert stack.resources()["support"]["retainOnDelete"] is True


@only("dynamic", "the plugin refuses it in the row of its provider: test_plugin_life.py")
@proves("E23")
def test_a_setting_that_there_is_not_warns_once_and_names_the_nearest(stack: Project) -> None:
    stack.configure(deletionpolicy="delete", retries=3, zzz="canary", **{"other:retries": 3})
    stack.program('RcsAgent("a", **LEAST)\nRcsAgent("b", **{**LEAST, "service_code": "B"})\n')
    shown = stack.pulumi("preview")
    assert shown.code == 0, shown.out
    assert "canary" not in shown.out
    assert sorted(shown.said["stack"]) == [
        "warning: kaleyra:deletionpolicy: unknown setting; did you mean deletionPolicy?",
        "warning: kaleyra:retries: unknown setting; did you mean maxRetries?",
        f"warning: kaleyra:zzz: unknown setting; there are {', '.join([*NAMES, 'face'])}",
    ]


PROGRAMS: Final = {
    "data": DATA,
    "classes": IMPORTS + 'RcsAgent("a", **LEAST)\nRcsAgent("b", **{**LEAST, "service_code": "B"})\n',
    "look-up": "import rcs_provider\n\nrcs_provider.get_agents()\n",
    "look-up by a provider of its own": (
        "import rcs_provider\nimport pulumi\n\naccount = rcs_provider.Provider('na', pod='na', sid='1', api_key='k')\n"
        "rcs_provider.get_agents_output(opts=pulumi.InvokeOptions(provider=account))\n"
    ),
    "look-up as output": "import rcs_provider\n\nrcs_provider.get_agents_output()\n",
}


MAKING: Final = ("data", "classes")
"""The programs that would make something."""


@proves("E8", "E23")
def test_settings_under_their_old_keys_are_refused_in_one_line_without_a_call(
    stack: Project, world: World, subtests: pytest.Subtests
) -> None:
    done = stack.pulumi("config", "set", "--secret", "rcs:apiKey", world.api_key)
    assert done.code == 0, done.out
    stack.configure(**{"rcs:pod": "na", "rcs:agents": {"support": dict(LEAST)}, "rcs:testers": {}})
    line = "rcs:pod is now kaleyra:pod, rcs:apiKey is now kaleyra:apiKey: rename them in the stack's file"
    for name, program in PROGRAMS.items():
        stack.write("__main__.py", program)
        for command in (["preview"], *([["up", "--yes", "--skip-preview"]] if name in MAKING else [])):
            with subtests.test(f"{name}: {command[0]}"):
                refused = stack.fails(*command)
                own = [each for each in refused.said.pop("stack") if "program exited with" not in each]
                assert own == [f"error: {line}"]
                assert calls(world) == []
                assert stack.resources() == {}


@proves("E23")
def test_an_empty_section_is_fine_and_a_misspelt_one_is_told_where_nothing_is_made(stack: Project) -> None:
    stack.configure(agents={}, testers=None, **{"rcs:tester": {}})
    shown = stack.pulumi("preview")
    assert (shown.code, shown.errors) == (0, []), shown.out
    assert shown.said["stack"] == ["warning: rcs:tester: unknown section; did you mean testers?"]


@proves("E23")
def test_data_under_a_wrong_key_is_refused_and_not_taken_for_none(stack: Project) -> None:
    for key, named in {"agents": "proof:agents", "rcs:agent": "rcs:agent", "kaleyra:agents": "kaleyra:agents"}.items():
        config = {"rcs:testers": {}, key: {"support": dict(LEAST)}}
        stack.write("Pulumi.dev.yaml", json.dumps({"config": config}))
        refused = stack.fails("preview")
        assert (
            f"error: the stack has {named} and no rcs:agents, so its agents would count as removed. "
            "Rename the key to rcs:agents. If it is for something else, add `rcs:agents: {}`."
        ) in refused.said["stack"]
