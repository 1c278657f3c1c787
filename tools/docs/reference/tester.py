"""What the page of `RcsTester` says beside the table of its fields."""

from __future__ import annotations

from typing import Final

from .words import Words

_HEAD: Final = """\
**Creating a tester sends an invitation to a person.** An agent may send 20 a day and 200 in all.
"""

_EXAMPLE: Final = """
from rcs_provider import RcsTester

tester = RcsTester("pilot", agent_no="71732", phoneno="+91 90000 00001")
"""

_ARGUMENTS: Final = """\
Given the `agent_number` of an `RcsAgent`, a tester waits for the agent. No input is a secret by itself. Give a number
that is private as a secret: it is encrypted in the inputs and outputs of state, previews show `[secret]`, and messages
show its last two digits only.

**The id is not secret.** It holds the number, and Pulumi has no secret ids: state holds it in plain text, and
`--diff`, `--json`, `pulumi stack --show-ids` and Pulumi Cloud show it. Who must not see the number must not see those.
"""

_NUMBERS: Final = """\
## Numbers

A number is read as an international one, with or without its plus, and its E.164 digits are compared, sent and put into
the id. `+44 7911 123456`, `447911123456` and `+44 (0)7911 123456`, with the trunk zero that is dialled inside the
country only, are one tester, and one invitation.

| written | read as | what happens |
| --- | --- | --- |
| with a plus | a valid mobile number | it is taken |
| with a plus | a fixed line, or a number that nobody has | it is taken, with a warning that names the country |
| without a plus | a valid mobile number: `919876543210` | it is taken |
| without a plus | anything else: `9876543210` would be a number of Iran | refused in preview, with the country's name |
| either | a number of no country, or of an impossible length | refused in preview |

Where nobody can tell mobile numbers from fixed lines, as in the United States, a valid number counts as a mobile one. A
number that state holds already passes with a warning, and keeps its id and its spelling; no further invitation is sent
to it.
"""

_LIFE: Final = {
    "preview": "all mistakes of the declaration at once; no call",
    "create": "the agent's list of testers is read first. A tester that it holds is taken over without an invitation; "
    "otherwise one POST, which sends it. After an unclear answer the list is read again, and nothing is sent twice",
    "read": "the agent's list, one call for all its testers. Gone is a good list without the number, or the documented "
    "not-found. If Kaleyra still lists the testers of a deleted agent, they stay in state until the agent exists again",
    "update": "only `resend` can change in place: another text sends the invitation once more",
    "replace": "another `agent_no` or `phoneno` is another tester with an invitation of its own; the old handset stays "
    "one",
    "delete": "forgotten in state, with one warning for each agent and run: no API removes a tester, Kaleyra's console "
    "does",
}

_PEOPLE: Final = """\
A used-up quota is an error that says so. It is not tried again in the same run, and other resources are not held up.

The answer to a registration holds no status, and no documented value says that a person has accepted: `status` is empty
until the next `pulumi refresh`, and no run waits for people.
"""

_LOOK: Final = """\
`RcsTester.get` looks a tester up in the agent's list without managing it, by its number in any spelling that has the
country code; one that the list does not hold fails the run.
"""

_LOOK_EXAMPLE: Final = """
found = RcsTester.get("other", "71732", "919000000002")
"""

_IMPORTS: Final = """\
By id, with the [provider plugin](../how-to/plugin.md). With the dynamic provider, declare the tester: one that the
agent's list has is taken over without an invitation. For many at once: [import](../how-to/adopt.md).
"""

_POLICIES: Final = {
    "on_existing": {
        "adopt_identical": "a tester that the agent's list has is taken over, and no invitation is sent",
        "adopt": "the same",
        "error": "a tester that the agent's list has is an error",
    },
}

_NO_DELETION: Final = """\
There is no deletion policy: deleting a tester forgets it, as no API removes one.
"""

WORDS: Final = Words(
    summary="A tester is a handset that may talk to an agent before the agent's launch.",
    id="the agent's number and the phone number in E.164 digits, with a slash between them: `71732/919000000001`",
    head=_HEAD,
    example=_EXAMPLE,
    arguments=_ARGUMENTS,
    notes=_NUMBERS,
    life=_LIFE,
    after=_PEOPLE,
    look=_LOOK,
    look_example=_LOOK_EXAMPLE,
    imports=_IMPORTS,
    id_example="71732/919876543210",
    policies=_POLICIES,
    after_policies=_NO_DELETION,
)
