"""The fault matrix as data: what happens when a call meets a fault, for every call and every fault.

`FAULTS` are the columns, `CALLS` the rows, `OUTCOMES` the words that a cell is made of. A cell is one outcome, or two
where it matters how long the fault lasts: the first where it goes away after one hit, the second where it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Script = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What goes wrong.

    Attributes:
        key: short name.
        title: what it is, for the documentation.
        script: the simulator's fault; nothing where it needs a listener that is closed.
        shows: words that the terminal holds where the resource fails by it.
    """

    key: str
    title: str
    script: Script | None
    shows: str = ""


def _status(status: int, **more: Any) -> Script:
    return {"kind": "status", "status": status, **more}


_PLAIN_401: Final = _status(401, body="Unauthorized", content_type="text/plain")

FAULTS: Final[Mapping[str, Fault]] = {
    each.key: each
    for each in (
        Fault("refused", "the connection is refused", None, "refuses connections"),
        Fault("closed", "the connection is closed before the request is read", {"kind": "close"}, "without an answer"),
        Fault("lost", "the work is done, the answer is lost", {"kind": "lost"}, "without an answer"),
        Fault("stalled", "no answer within the time limit, nothing is done", {"kind": "stall"}, "no answer in time"),
        Fault("late", "the work is done, no answer within the time limit", {"kind": "stall_after"}, "answer in time"),
        Fault("429-wait", "429 with Retry-After", _status(429, retry_after=1), "HTTP 429"),
        Fault("429", "429 without Retry-After", _status(429), "HTTP 429"),
        Fault("500", "500, nothing is done", _status(500), "RCS500"),
        Fault("500-done", "500 although the work is done", _status(500, work=True), "RCS500"),
        Fault("502", "502 with a page of HTML", _status(502), "HTTP 502"),
        Fault("503", "503", _status(503), "HTTP 503"),
        Fault("401", "401 without Kaleyra's envelope", _PLAIN_401, "kaleyra:apiKey"),
        Fault("RBC201", "401 with RBC201: wrong key", _status(401, error="RBC201"), "RBC201"),
        Fault("RCS601", "RCS601: the channel is not enabled", _status(400, error="RCS601"), "representative"),
        Fault("truncated", "the work is done, the answer is half a JSON document", {"kind": "truncated"}, "not JSON"),
        Fault("empty", "the work is done, the answer is empty", {"kind": "empty"}, "is empty"),
        Fault("error200", "an error envelope under HTTP 200", {"kind": "error200"}, "RCS500"),
        Fault("other", "the not-found of another object", {"kind": "other_not_found"}, "Brand not found"),
        Fault("slow", "the answer comes slowly, in pieces", {"kind": "slow"}),
        Fault("redirect", "a redirect to another host", {"kind": "redirect"}, "redirects elsewhere"),
    )
}
"""The columns. That of `redirect` gets its address when it is used."""


@dataclass(frozen=True)
class Outcome:
    """What a resource, the service and the state look like after the run that met the fault.

    Attributes:
        meaning: for the documentation.
        ok: the resource's operation succeeds.
        done: the service has what was asked for.
        stored: what state holds: "new", "old", or "number" where only the id of a new object is sure.
        says: words on the terminal, beside those of the fault where the operation fails.
        repeats: how many of them are announced while they are waited for.
        again: the next run sends the change, once more or for the first time.
    """

    meaning: str
    ok: bool
    done: bool
    stored: str
    says: str = ""
    repeats: int = 0
    again: bool = False


OUTCOMES: Final[Mapping[str, Outcome]] = {
    "fine": Outcome("The run succeeds, and nothing is said.", ok=True, done=True, stored="new"),
    "repeated": Outcome(
        "The call is made again after a short wait, which the resource's row shows while it lasts; then the run "
        "succeeds, and nothing is said.",
        ok=True,
        done=True,
        stored="new",
        repeats=1,
    ),
    "waited out": Outcome(
        "A new object that is not found yet is looked for again, without a warning; then the run succeeds.",
        ok=True,
        done=True,
        stored="new",
    ),
    "settled": Outcome(
        "The answer does not say whether the change was made, so the provider looks, finds it made, and the run "
        "succeeds. Nothing is sent twice.",
        ok=True,
        done=True,
        stored="new",
    ),
    "failed": Outcome(
        "The resource fails with one line that says why. Nothing has changed at Kaleyra or in state; the next run "
        "does what this one could not.",
        ok=False,
        done=False,
        stored="old",
        again=True,
    ),
    "unclear": Outcome(
        "The answer does not say whether the change was made, and it does not show at Kaleyra. The resource fails, "
        "nothing is sent twice. The next run looks first and sends the change only where it is still missing.",
        ok=False,
        done=False,
        stored="old",
        again=True,
    ),
    "taken over": Outcome(
        "The object was made, but the run could not find that out. The resource fails and is not in state; the next "
        "`pulumi up` finds the object at Kaleyra and takes it over, and sends no second request for it.",
        ok=False,
        done=True,
        stored="old",
        says="`pulumi up`",
    ),
    "half made": Outcome(
        "The agent was made and its number is in state, but it could not be read back. The resource fails; the next "
        "`pulumi up` reads it and finishes, and sends no second request for it.",
        ok=False,
        done=True,
        stored="number",
        says="was made, but could not be read back",
    ),
    "unconfirmed": Outcome(
        "The change was made, but the run could not find that out. The resource fails, and state holds what it held "
        "before; the next run finds the change made, and nothing happens twice.",
        ok=False,
        done=True,
        stored="old",
    ),
}
"""The words of the cells."""


@dataclass(frozen=True)
class Call:
    """A row: one call in what the engine does.

    Attributes:
        key: short name.
        action: the engine's: create, refresh, update, destroy, register, relist.
        title: which call of it, for the documentation.
        operation: the simulator's name of the call.
        moment: "before" the call that changes something, that "write" itself, or "after" it.
        cells: by outcome, or by two of them, the keys of the faults.
        before: calls of the same operation that go well first.
        lost: the operation whose answer is lost beforehand, as this call only happens then.
        passes: requests after which a listener closes for the fault `refused`.
    """

    key: str
    action: str
    title: str
    operation: str
    moment: str
    cells: Mapping[tuple[str, ...], str]
    before: int = 0
    lost: str = ""
    passes: Sequence[str] = ()

    def cell(self, fault: str) -> tuple[str, ...]:
        """The outcomes of a fault here; the one that lasts comes second.

        Raises:
            LookupError: the cell was forgotten, or written twice.
        """
        found = [outcomes for outcomes, keys in self.cells.items() if fault in keys.split()]
        if len(found) != 1:
            raise LookupError(f"{self.key} x {fault} is written {len(found)} times")
        return found[0]


_FINE: Final = ("fine",)
_FAILED: Final = ("failed",)
_SETTLED: Final = ("settled",)
_UNCLEAR: Final = ("unclear",)
_UNCONFIRMED: Final = ("unconfirmed",)
_UNTIL_IT_FAILS: Final = ("repeated", "failed")
_UNTIL_TAKEN_OVER: Final = ("repeated", "taken over")
_UNTIL_HALF_MADE: Final = ("repeated", "half made")
_UNTIL_UNCONFIRMED: Final = ("repeated", "unconfirmed")

CALLS: Final[Mapping[str, Call]] = {
    each.key: each
    for each in (
        Call(
            "create-list",
            "create",
            "first list of agents",
            "list_agents",
            "before",
            {
                _UNTIL_IT_FAILS: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
        ),
        Call(
            "create-post",
            "create",
            "the POST",
            "create_agent",
            "write",
            {
                _UNTIL_IT_FAILS: "refused 429-wait 429",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _UNCLEAR: "closed stalled 500 502 503 error200",
                _SETTLED: "lost late 500-done truncated empty",
                _FINE: "slow",
            },
            passes=("GET .*/agents$",),
        ),
        Call(
            "create-list-after",
            "create",
            "list of agents after the POST",
            "list_agents",
            "after",
            {
                _UNTIL_TAKEN_OVER: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                ("taken over",): "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
            passes=("POST .*/agent$",),
        ),
        Call(
            "create-list-lost",
            "create",
            "list of agents after a POST whose answer was lost",
            "list_agents",
            "after",
            {
                _UNTIL_TAKEN_OVER: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                ("taken over",): "401 RBC201 RCS601 other redirect",
                _SETTLED: "slow",
            },
            lost="create_agent",
            passes=("POST .*/agent$",),
        ),
        Call(
            "create-read",
            "create",
            "read back",
            "get_agent",
            "after",
            {
                _UNTIL_HALF_MADE: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                ("waited out", "half made"): "other",
                ("half made",): "401 RBC201 RCS601 redirect",
                _FINE: "slow",
            },
            passes=("POST .*/agent$", "GET .*/agents$"),
        ),
        Call(
            "refresh-get",
            "refresh",
            "read of an agent",
            "get_agent",
            "before",
            {
                _UNTIL_IT_FAILS: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
        ),
        Call(
            "update-get",
            "update",
            "first read",
            "get_agent",
            "before",
            {
                _UNTIL_IT_FAILS: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
        ),
        Call(
            "update-put",
            "update",
            "the PUT",
            "update_agent",
            "write",
            {
                _UNTIL_IT_FAILS: "refused 429-wait 429",
                _UNCONFIRMED: "lost late 500-done truncated",
                _FAILED: "closed stalled 500 502 503 error200 401 RBC201 RCS601 other redirect",
                _FINE: "empty slow",
            },
            passes=("GET .*/agent/",),
        ),
        Call(
            "update-read",
            "update",
            "read back",
            "get_agent",
            "after",
            {
                _UNTIL_UNCONFIRMED: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated "
                "empty error200",
                _UNCONFIRMED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
            before=1,
            passes=("PUT .*/agent/",),
        ),
        Call(
            "destroy-delete",
            "destroy",
            "the DELETE",
            "delete_agent",
            "write",
            {
                _UNTIL_IT_FAILS: "refused 429-wait 429",
                _UNCLEAR: "closed stalled 500 502 503 error200",
                _SETTLED: "lost late 500-done truncated",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "empty slow",
            },
        ),
        Call(
            "destroy-look",
            "destroy",
            "look after a DELETE whose answer was lost",
            "get_agent",
            "after",
            {
                _UNTIL_UNCONFIRMED: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated "
                "empty error200",
                _UNCONFIRMED: "401 RBC201 RCS601 other redirect",
                _SETTLED: "slow",
            },
            lost="delete_agent",
            passes=("DELETE .*/agent/",),
        ),
        Call(
            "register-list",
            "register",
            "first list of testers",
            "list_testers",
            "before",
            {
                _UNTIL_IT_FAILS: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
        ),
        Call(
            "register-post",
            "register",
            "the POST",
            "register_tester",
            "write",
            {
                _FAILED: "refused 429-wait 429 401 RBC201 RCS601 other redirect",
                _UNCLEAR: "closed stalled 500 502 503 error200",
                _SETTLED: "lost late 500-done truncated empty",
                _FINE: "slow",
            },
            passes=("GET .*/testersbyagent",),
        ),
        Call(
            "register-look",
            "register",
            "list of testers after a POST whose answer was lost",
            "list_testers",
            "after",
            {
                _UNTIL_TAKEN_OVER: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                ("taken over",): "401 RBC201 RCS601 other redirect",
                _SETTLED: "slow",
            },
            before=1,
            lost="register_tester",
            passes=("POST .*/register$",),
        ),
        Call(
            "relist-get",
            "relist",
            "list of testers",
            "list_testers",
            "before",
            {
                _UNTIL_IT_FAILS: "refused closed lost stalled late 429-wait 429 500 500-done 502 503 truncated empty "
                "error200",
                _FAILED: "401 RBC201 RCS601 other redirect",
                _FINE: "slow",
            },
        ),
    )
}
"""The rows, each with every cell."""


def outcomes(call: Call, fault: Fault) -> dict[str, Outcome]:
    """What to run for a cell: the outcome by "once" or "lasting", or the only one under an empty name."""
    cell = call.cell(fault.key)
    if len(cell) == 1:
        return {"": OUTCOMES[cell[0]]}
    # A listener that is closed cannot tell when somebody knocked, so it stays closed for the run.
    lengths = {"lasting": cell[1]} if fault.script is None else {"once": cell[0], "lasting": cell[1]}
    return {length: OUTCOMES[name] for length, name in lengths.items()}
