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
    "create": "An agent is created (`pulumi up`)",
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
    "update": "The provider reads the agent, sends the whole agent with the changes in one PUT, and reads it back.",
    "destroy": "One DELETE. If its answer does not say what became of the agent, the agent is read.",
    "register": """\
The provider reads the agent's list of testers and sends one POST, which invites a person. If the answer does not say
what became of it, the list is read again.""",
    "relist": "One list for each agent.",
}
"""The calls that each action is made of."""

_HEAD: Final = """\
<!-- Made by tests/faults/document.py from tests/faults/matrix.py: change those, not this. -->

# Fault matrix

What happens to your agents and testers when a call to Kaleyra fails: for every call that the provider makes, and for
everything that can happen to it. `tests/faults/test_matrix.py` and `tests/faults/test_first_list.py` run each cell
through the real engine, and check the service, the state and the output.

In every cell, whatever goes wrong:

- Nothing is carried out twice for one resource in one run. A write is repeated only if the service said that it did
  nothing (429) or was never reached. An invitation is not repeated even then.
- Other resources are not affected: with `--continue-on-error` a run finishes everything else. Without it the engine
  starts nothing new after the first failure. What was under way is finished and in state, and the next run does the
  rest. (If a resource depends on a failed one, Pulumi's SDK adds a traceback of its own to the stack's row. What
  matters is the line of the failed resource.)
- The failing resource has one line that says what was tried, what happened and what to do.
- The key goes to no other host: redirects are not followed.
- Once the trouble is over, **one more run of the same command reaches the declared state**, and the preview after it is
  empty. Nothing has to be edited, imported or cleaned up by hand.

## What the words mean

A cell can have two outcomes, such as "repeated, else failed". The first holds if the trouble ends while tries and time
are left (`kaleyra:maxRetries`, `kaleyra:operationTimeout`), the second if it stays. For a refused connection a separate
test proves the first, once for all calls.

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
pulumi cancel                              # only if the next command says that the stack is locked
pulumi up                                  # finds at Kaleyra what was created, and creates what is missing
pulumi refresh --clear-pending-creates     # only if `pulumi up` warns of pending operations
```

`pulumi up` stands for the command that was stopped, such as `pulumi destroy` or `pulumi refresh`. If the CLI was
killed, its provider process lives on until its calls have ended. Wait for it, or end it, before you run the command
again: an invitation that is still on its way is in no list yet.

If the run was killed while the engine wrote the state file of a `file://` backend, every command says `failed to load
checkpoint`. If the message ends with `EOF`, the small file beside the state is empty: the engine needs nothing in it
and writes it again. Otherwise the state itself is cut short: the copy beside it, of one step earlier, is good, and the
next run finds what that step created.

```sh
rm -f .pulumi/stacks/PROJECT/STACK.json.attrs                                 # the first thing to do
cp .pulumi/stacks/PROJECT/STACK.json.bak .pulumi/stacks/PROJECT/STACK.json    # only if the message stays
```

Tests run exactly these commands: `tests/faults/test_kills.py`, `tests/faults/test_interrupt.py`.

## What cannot be told apart

If an answer is unclear, and at the same moment another run creates an agent with the same service code and the same
values, the agent that is found counts as this run's, and two stacks manage it. If both POSTs are answered, the two runs
end with one agent and one clear error.
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
