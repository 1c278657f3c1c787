"""What the page of `RcsAgent` says beside the table of its fields."""

from __future__ import annotations

from typing import Final

from .words import Words

_HEAD: Final = """\
Each input says which of Kaleyra's pages documents it, and how sure that is. Where the pages contradict each other, see
the [open questions](../questions.md).
"""

_EXAMPLE: Final = """
from rcs_provider import RcsAgent

agent = RcsAgent(
    "support",
    service_code="SUPPORT",
    display_name="Support",
    description="Answers to questions about an order",
    agent_type="1",
    agent_use_case="TRANSACTIONAL",
    billing_category="CONVERSATIONAL",
    logo_url="https://www.example.com/logo.png",
    hero_url="https://www.example.com/hero.png",
    color="#0b5cad",
    hosting_region="ASIA_PACIFIC",
    brand_details={"brand_no": "10001"},
    phones=[{"label_text": "Call us", "is_toll_free": True, "number": "18000000001"}],
    emails=[{"label_text": "Write to us", "is_primary": True, "email": "support@example.com"}],
    privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
    website=[{"label_text": "Help", "website": "https://www.example.com/help"}],
    languages=["English", "Hindi"],
)
"""

_ARGUMENTS: Final = """\
Nested blocks are plain dicts or the classes named under [blocks](#blocks). Every input may be an output of another
resource, except `deletion_policy`, which sets Pulumi's own options before anything runs. No input is a secret by
itself. Each may be given as a secret, and its output is then a secret, too.

At least one phone or e-mail is required. Texts hold no line breaks or other control characters, and a required text is
not empty.
"""

_IMPORTS: Final = """\
By id, with the [provider plugin](../how-to/plugin.md). With the dynamic provider, declare the agent with
[`on_existing`](#on_existing), or export and import a whole account: [import](../how-to/adopt.md).
"""

_POLICIES: Final = {
    "deletion_policy": {
        "prevent": "destroying, removing and replacing the agent is refused",
        "retain": "the agent leaves the state and stays at Kaleyra",
        "delete": "the agent is deleted at Kaleyra",
    },
    "on_existing": {
        "adopt_identical": "a live agent with the service code is taken over if it equals the declaration",
        "adopt": "a live agent with the service code is taken over and changed to the declaration",
        "error": "a live agent with the service code is an error",
    },
}

_WINS: Final = """\
An input wins over the setting of its stack or provider. Pulumi's own options `protect` and `retain_on_delete` win over
both: [delete an agent, or keep it](../how-to/deleting.md).
"""

_LIFE: Final = {
    "preview": "all mistakes of the declaration at once, and what a change would cost; no call",
    "create": "the list of agents is searched for the service code. A live agent that has it is taken over, changed or "
    "refused, as `on_existing` says. Otherwise one POST, and the number is looked up in the list, as the documented "
    "answer holds none",
    "read": "the agent's own call. Gone is only the documented not-found about this agent, or status `DELETED`; "
    "everything else fails and leaves state alone",
    "update": "the agent is read, the declared values are laid over it, and the whole is put, with everything else as "
    "the read returned it; then it is read back. Where nothing differs, nothing is put. What no read "
    "returns and nobody declares may be reset, which the preview of the first update after a take-over says",
    "replace": "the old agent is deleted first, as its service code is unique; under `retain` the new one is made "
    "first, with another service code",
    "delete": 'as `deletion_policy` says: refused, only forgotten, or one DELETE, of which "gone already" is a success',
}

_ANEW: Final = """\
A new agent starts anew with verification, launch and the testers' invitations, so a replacement is announced by a line
of its own in the preview, and refused for an agent known to be verified unless `pulumi up --replace URN` says it
outright. Why that is so, and what its states are: [concepts](../concepts.md).
"""

_LOOK: Final = """\
`RcsAgent.get` reads an agent of the account without managing it: nothing is changed or deleted, and an agent that does
not exist fails the run.
"""

_LOOK_EXAMPLE: Final = """
found = RcsAgent.get("other", "71732")
"""

WORDS: Final = Words(
    summary="An agent is the sender that users see in their messages.",
    id="the agent's number at Kaleyra, `agent_number`",
    head=_HEAD,
    example=_EXAMPLE,
    arguments=_ARGUMENTS,
    outputs="An input that is left out shows as Kaleyra has it.",
    life=_LIFE,
    after=_ANEW,
    look=_LOOK,
    look_example=_LOOK_EXAMPLE,
    imports=_IMPORTS,
    id_example="71732",
    policies=_POLICIES,
    after_policies=_WINS,
)
