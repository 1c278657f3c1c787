"""Writes `docs/fault-matrix.md` from `matrix.py`: `python tests/faults/document.py`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from matrix import CALLS, FAULTS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matrix import Call

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "fault-matrix.md"

_ACTIONS: Final = {
    "create": "An agent is made (`pulumi up`)",
    "refresh": "An agent is read (`pulumi refresh`)",
    "update": "An agent is changed (`pulumi up`)",
    "destroy": "An agent is deleted (`pulumi destroy`, or a removal from the program)",
    "register": "A tester is registered (`pulumi up`)",
    "relist": "A tester is read (`pulumi refresh`)",
}
"""Title of each action, in the order of the page."""

_STEPS: Final = {
    "create": """\
The provider looks for the service code in the list of agents, sends one POST, finds the new number in the list, and
reads the agent back.""",
    "refresh": "One read of each agent.",
    "update": "The provider reads the agent, puts the whole of it with the changes, and reads it back.",
    "destroy": "One DELETE; where its answer does not say what became of it, the agent is read.",
    "register": """\
The provider reads the agent's list of testers and sends one POST, which invites a person. Where the answer does not say
what became of it, the list is read again.""",
    "relist": "One list for each agent.",
}
"""The calls that each action is made of."""

_HEAD: Final = """\
<!-- Made by tests/faults/document.py from tests/faults/matrix.py: change those, not this. -->

# Fault matrix

What happens to your agents and testers when a call to Kaleyra fails: every call that the provider makes, and everything
that can happen to it. Each cell is run through the real engine by `tests/faults/test_matrix.py`, which looks at the
service, the state and the screen.

In every cell, whatever goes wrong:

- Nothing is carried out twice for one resource in one run. A write is repeated only where the service said that it did
  nothing (429) or was never reached, and an invitation not even then.
- Other resources are not affected: with `--continue-on-error` a run finishes everything else. Without it the engine
  starts nothing new after the first failure; what was under way ends well and is in state, and the next run does the
  rest. (For whatever depends on a failed resource Pulumi's SDK adds a traceback of its own to the stack's row; what
  matters is the line of the resource itself.)
- The failing resource has one line that says what was tried, what happened and what to do.
- The key goes to no other host: redirects are not followed.
- Once the trouble is over, **one more run of the same command reaches the declared state**, and the preview after it is
  empty. Nothing has to be edited, imported or cleaned up by hand.

## What the words mean

Two words in a cell, such as "repeated, else failed": the first where the trouble goes away while tries and time are
left (`kaleyra:maxRetries`, `kaleyra:operationTimeout`), the second where it stays. For a refused connection a test of
its own proves the first, once for all calls.

| in a cell | what it means |
|---|---|
"""


_TAIL: Final = """
## The run itself is stopped

| what happens | what there is afterwards | what to do |
|---|---|---|
| Ctrl-C once | what was under way is finished and in state; nothing new begins | the same command again |
| Ctrl-C twice, or the CLI is killed | state may lack what was under way; the stack may be locked | see below |
| the provider's process is killed | the run fails; what was under way is not in state | the same command again |
| the machine goes down | as for the CLI | see below |

```sh
pulumi cancel                              # only where the next command says that the stack is locked
pulumi up                                  # finds at Kaleyra what was made, and makes what is missing
pulumi refresh --clear-pending-creates     # only where `pulumi up` warns of pending operations
```

`pulumi up` stands for the command that was stopped: `pulumi destroy` or `pulumi refresh` likewise. A provider whose CLI
was killed lives on until its calls have ended: wait for it, or end it, before you run again, as an invitation that is
still on its way is in no list yet.

Where a kill comes while the engine writes the state file of a `file://` backend, every command says `failed to load
checkpoint`. With `EOF` behind it, it is the small file beside the state that is empty: nothing in it is needed, and the
engine makes it anew. Otherwise the state itself is cut short: the copy beside it, of one step earlier, is good, and the
next run finds what that step made.

```sh
rm -f .pulumi/stacks/PROJECT/STACK.json.attrs                                 # the first thing to do
cp .pulumi/stacks/PROJECT/STACK.json.bak .pulumi/stacks/PROJECT/STACK.json    # only where the message stays
```

Tests run exactly these commands: `tests/faults/test_kills.py`, `tests/faults/test_interrupt.py`.

## What cannot be told apart

An answer is unclear, and at the same moment another run makes an agent with the same service code and the same values:
the agent found counts as ours, and then two stacks manage it. Two runs whose POSTs are both answered end with one agent
and one clear error.
"""


def page() -> str:
    """The whole page."""
    lines = [_HEAD.rstrip("\n")]
    lines += [f"| {name} | {outcome.meaning} |" for name, outcome in OUTCOMES.items()]
    calls: defaultdict[str, list[Call]] = defaultdict(list)
    for call in CALLS.values():
        calls[call.action].append(call)
    for action, title in _ACTIONS.items():
        lines += ["", f"## {title}", "", _STEPS[action], "", *_table(calls[action])]
    return "\n".join(lines) + "\n" + _TAIL


def _table(calls: list[Call]) -> Iterator[str]:
    yield "| what goes wrong | " + " | ".join(call.title for call in calls) + " |"
    yield "|---" * (len(calls) + 1) + "|"
    for fault in FAULTS.values():
        yield f"| {fault.title} | " + " | ".join(", else ".join(call.cell(fault.key)) for call in calls) + " |"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())
