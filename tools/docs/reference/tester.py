"""The page of `RcsTester`."""

from __future__ import annotations

from typing import Final

from rcs_provider.tester.fields import TABLE

from . import resource
from .markdown import block, table
from .markdown import page as page_of

_HEAD: Final = """\
A tester is a handset that may talk to an agent before the agent's launch. Its type token is
`pulumi-python:dynamic/rcs:RcsTester`, and its id is the agent's number and the phone number in digits, with a slash
between them: `71732/919000000001`.

**Creating a tester sends an invitation to a person.** An agent may send 20 a day and 200 in all.
"""

_EXAMPLE: Final = """
from rcs_provider import RcsTester

tester = RcsTester("pilot", agent_no="71732", phoneno="+91 90000 00001")
"""

_ARGUMENTS: Final = """\
Each is a keyword of the constructor, or a key of one `RcsTesterArgs`. Given the `agent_number` of an `RcsAgent`, a
tester waits for the agent to be made. None is a secret by itself; a number that is private is given as a secret, and
messages show its last two digits only.
"""

_LIFE: Final = {
    "preview": "all mistakes of the declaration at once; no call",
    "create": "the agent's list of testers is read first. A tester that it holds is taken over without an invitation; "
    "otherwise one POST, which sends it. After an unclear answer the list is read again, and nothing is sent twice",
    "read": "the agent's list, one call for all its testers. Gone is a good list without the number, or the documented "
    "not-found",
    "update": "only `resend` can change in place: another text sends the invitation once more",
    "replace": "another `agent_no` or `phoneno` is another tester with an invitation of its own; the old handset stays "
    "one",
    "delete": "forgotten in state, with a warning: no API removes a tester, Kaleyra's console does",
}

_PEOPLE: Final = """\
A used-up quota is an error that says so. It is not tried again in the same run, and other resources are not held up.

The answer to a registration holds no status, and no documented value says that a person has accepted: `status` is empty
until the next `pulumi refresh`, and no run waits for people.
"""

_LOOK: Final = """\
`RcsTester.get` looks a tester up in the agent's list without managing it; one that the list does not hold fails the
run.
"""

_LOOK_EXAMPLE: Final = """
found = RcsTester.get("other", "71732", "919000000002")
"""


def page() -> str:
    """The whole page."""
    return page_of(
        "RcsTester",
        "rcs_provider/tester/fields.py",
        _HEAD,
        block("python", _EXAMPLE),
        "## Arguments",
        _ARGUMENTS,
        resource.overview(TABLE, {}),
        "## Each argument",
        resource.details(TABLE, {}),
        "## Outputs",
        "Every argument is an output of the same name, too.",
        resource.outputs(TABLE),
        "## What happens when",
        table(("step", "what happens"), _LIFE.items()),
        _PEOPLE,
        "## Looking without managing",
        _LOOK,
        block("python", _LOOK_EXAMPLE),
    )
