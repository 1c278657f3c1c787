"""Projects whose programs know nothing but the types of the package, as one in any language does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from samples import LEAST

from rcs_provider.core.names import camel, renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from project import Project

AGENT: Final = "kaleyra:rcs:Agent"
TESTER: Final = "kaleyra:rcs:Tester"
SUPPORT: Final[Mapping[str, Any]] = renamed(dict(LEAST), camel)
"""The least that an agent needs, as other languages spell it."""

PROGRAM: Final = """\
import json
import pulumi

class Any(pulumi.CustomResource):
    pass

made = {}
for name, each in json.load(open("declared.json")).items():
    props, opts = dict(each["props"]), dict(each.get("opts", {}))
    if "agent" in props:
        props["agentNo"] = made[props.pop("agent")].id
    opts["aliases"] = [pulumi.Alias(**each) for each in opts.get("aliases", ())]
    made[name] = Any(each["type"], name, props, pulumi.ResourceOptions(**opts))
    pulumi.export(name, made[name].id)
"""


def plugged(project: Project) -> Project:
    """The project, with a program of plain resources and the plugin of this environment."""
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
    plugins = {"providers": [{"name": "kaleyra", "path": str(Path(sys.prefix) / "bin")}]}
    project.write("Pulumi.yaml", json.dumps({"name": "proof", "runtime": runtime, "plugins": plugins}))
    project.write("__main__.py", PROGRAM)
    assert project.world is not None
    project.configure(**{"kaleyra:pod": project.pod, "kaleyra:sid": project.world.sid})
    declare(project)
    return project


def declare(project: Project, **resources: Mapping[str, Any]) -> None:
    """Declares resources by name, each with its type, its props and its options."""
    project.write("declared.json", json.dumps(resources))


def an_agent(opts: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The declaration of an agent."""
    props = {name: value for name, value in {**SUPPORT, **changes}.items() if value is not None}
    return {"type": AGENT, "props": props, "opts": opts or {}}


def a_tester(of: str, phone: str, opts: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The declaration of a tester of an agent of the program."""
    return {"type": TESTER, "props": {"agent": of, "phoneno": phone, **more}, "opts": opts or {}}
