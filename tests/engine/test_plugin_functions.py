"""The functions and the schema of the plugin through the engine, by a program that knows nothing but their tokens."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from plugged import plugged
from proves import proves
from samples import LEAST

from rcs_provider.plugin.schema import package_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World

NUMBER: Final = "71732"
PHONE: Final = "919000000001"
PROGRAM: Final = """\
import json
import pulumi

def call(name, **args):
    return pulumi.runtime.invoke(f"kaleyra:rcs:{name}", args).value

pulumi.export("agent", call("getAgent", agentNumber="71732"))
pulumi.export("codes", [each["serviceCode"] for each in call("getAgents")["agents"]])
pulumi.export("phones", [each["phoneno"] for each in call("getTesters", agentNo="71732")["testers"]])
pulumi.export("brands", call("getBrands")["brands"])
pulumi.export("colors", call("getMasters", listName="color")["lists"]["color"])
hidden = pulumi.runtime.invoke_output("kaleyra:rcs:getAgent", {"agentNumber": pulumi.Output.secret("71732")})
pulumi.export("hidden", hidden.apply(lambda found: found["status"]))
"""


@pytest.fixture
def project(make: Callable[..., Project], world: World) -> Project:
    world.seed_agent(**LEAST, agent_number=NUMBER)
    world.seed_tester(NUMBER, phoneno=PHONE)
    return plugged(make())


@proves("B15", "F2")
def test_a_program_of_any_language_looks_up_what_is_there(project: Project) -> None:
    project.write("__main__.py", PROGRAM)
    assert project.preview().code == 0
    project.up()
    found = project.outputs()
    assert (found["agent"]["serviceCode"], found["agent"]["integrationStatus"]) == ("SUPPORT", False)
    assert found["agent"]["privacy"] == {"labelText": "Privacy", "website": "https://www.example.com/privacy"}
    assert (found["codes"], found["phones"]) == (["SUPPORT"], [PHONE])
    assert found["brands"][0]["brand_number"] == "8032"
    assert "#494e0d" in found["colors"]
    assert "ciphertext" in found["hidden"]  # as its argument is a secret
    assert "ciphertext" not in found["agent"]


@proves("B15")
def test_a_call_that_fails_is_told_in_one_line_without_the_key(project: Project, world: World) -> None:
    for args, line in (('{"agentNumber": "9"}', "there is no agent 9 in account"), ("{}", "agentNumber: is required")):
        project.write("__main__.py", f"import pulumi\npulumi.runtime.invoke('kaleyra:rcs:getAgent', {args})")
        run = project.pulumi("preview")
        assert run.code != 0
        assert line in run.out
        assert world.api_key not in run.out


@proves("F2")
def test_the_plugin_gives_the_engine_its_schema(project: Project) -> None:
    plugin = Path(sys.prefix) / "bin" / "pulumi-resource-kaleyra"
    run = project.pulumi("package", "get-schema", str(plugin))
    assert run.code == 0, run.out
    shown, schema = json.loads(run.out), package_schema()
    for part in ("resources", "functions", "types"):
        assert shown[part].keys() == schema[part].keys()
