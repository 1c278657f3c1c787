"""The programs of the tests: one that declares what a file lists, and the head of any other."""

from __future__ import annotations

from typing import Final

PROGRAM: Final = """\
import json
import pulumi
from rcs_provider import RcsAgent, RcsTester

declared = json.load(open("declared.json"))
made = {}
for name, each in declared.get("agents", {}).items():
    made[name] = RcsAgent(name, **each["args"], opts=pulumi.ResourceOptions(**each.get("opts", {})))
    pulumi.export(name, made[name].agent_number)
for name, each in declared.get("testers", {}).items():
    args = dict(each["args"])
    if "agent" in args:
        args["agent_no"] = made[args.pop("agent")].agent_number
    RcsTester(name, **args, opts=pulumi.ResourceOptions(**each.get("opts", {})))
"""
"""Makes what `declared.json` lists, so that a test changes data and not code."""

QUICK_END: Final = """\
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
"""
"""Lets a program die of the signal that the engine ends it with after an error.

With Python's own handler it would first wait for its calls to the engine, which nobody answers any more: the engine
then loses its patience after five seconds. The provider's process keeps its handler.
"""

IMPORTS: Final = """\
import json
import pulumi
from pulumi import ResourceOptions
from rcs_provider import Provider, RcsAgent, RcsTester
from samples import FULL, LEAST

"""
