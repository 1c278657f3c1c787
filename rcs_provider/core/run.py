"""What is known of one run of the engine: who declares, has and made what. Shared by the processes of the run.

Every explicit provider is a process of its own, the program is another, and the engine asks no provider about a
resource that a run does not target. So what one process learns stands in a record that the others read: a file below
the temporary directory, named after the engine's address, which all processes of a run know. It holds hashes and URNs,
is readable by its user only, and goes with the last provider's process.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HAS: Final = "has"
GIVES_UP: Final = "gives up"
KEEPS: Final = "keeps"
"""How a resource is related to a thing: it was to give it up, and could not."""
_NEXT: Final = "next after"
_ADDRESS: Final = re.compile(r"[0-9A-Za-z.\[\]:-]*:[0-9]{1,5}")
_STALE: Final = 600.0
"""Seconds after which a record that no process holds is of a run that was killed: a provider soon follows a program."""


@dataclass
class Run:
    """One account in one run. Safe for threads.

    A thing is named by a text that two processes would choose alike, such as "service_code SUPPORT".
    Whoever has it is named by its URN; a program, which learns the URN late, names a resource as `named` does.

    Attributes:
        stack: name of the stack and of its project, as URNs have them. Ports are used again, and what a killed run of
            another stack left behind says nothing.
        account: pod and SID.
        record: what the processes of the run share; None shares nothing.
        living: what a resource goes on with, as this process left it as it is or changed it: no deletion is about it.
        made: numbers that a create of this process returned.
        declared: URNs of the resources that the program has declared since they were last read.
        moving: URNs of the resources whose state comes over from the other face.
        own_policies: URNs of the resources that declare a deletion policy themselves.
        left_behind: by agent number the URN of the tester whose deletion has said that its testers stay.
    """

    stack: str = ""
    account: str = ""
    record: Record | None = None
    living: set[str] = field(default_factory=set[str])
    made: set[str] = field(default_factory=set[str])
    declared: set[str] = field(default_factory=set[str])
    moving: set[str] = field(default_factory=set[str])
    own_policies: set[str] = field(default_factory=set[str])
    left_behind: dict[str, str] = field(default_factory=dict[str, str])
    _known: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, thing: str, urn: str, relation: str = HAS) -> None:
        """Notes that a resource declares or has a thing, or is otherwise related to it."""
        if urn:  # without an engine nobody declares anything
            self._note(self._key(thing, relation), urn)

    def holders(self, thing: str, relation: str = HAS) -> list[str]:
        """The resources that noted a thing, in the order in which the run heard of them, each once."""
        return self._holders(self._key(thing, relation))

    def others(self, thing: str, urn: str, relation: str = HAS) -> list[str]:
        """The resources besides the one of this URN that noted a thing."""
        return [each for each in self.holders(thing, relation) if not _is_same(each, urn)]

    def pass_on(self, old: str, new: str, urn: str) -> list[str]:
        """Notes that a resource gives a thing up for another one.

        Returns:
            The resources that pass things on in a circle with this one; empty if they do not.
        """
        if not urn:
            return []
        self.note(old, urn, GIVES_UP)
        first, thing = self._hash(old), self._hash(new)
        self._note(f"{_NEXT} {first}", thing)
        members = [urn]
        while thing != first:
            givers, following = self._holders(f"{GIVES_UP} {thing}"), self._holders(f"{_NEXT} {thing}")
            if not givers or not following or givers[0] in members:
                return []
            members.append(givers[0])
            thing = following[0]
        return members

    def _note(self, key: str, urn: str) -> None:
        with self._lock:
            if urn not in self._known.get(key, ()) and self.record is not None:
                self.record.add(key, urn)
            # By the record, so that all processes tell the same order.
            self._hear_others()
            self._know(key, urn)

    def _holders(self, key: str) -> list[str]:
        with self._lock:
            self._hear_others()
            found: list[str] = []
            for urn in self._known.get(key, ()):
                place = next((place for place, each in enumerate(found) if _is_same(each, urn)), None)
                if place is None:
                    found.append(urn)
                elif urn.startswith("urn:"):  # it says more than the program's own name for the resource
                    found[place] = urn
            return found

    def _hear_others(self) -> None:
        for key, urn in self.record.news() if self.record is not None else ():
            self._know(key, urn)

    def _know(self, key: str, urn: str) -> None:
        if urn not in self._known.setdefault(key, []):
            self._known[key].append(urn)

    def _key(self, thing: str, relation: str) -> str:
        return f"{relation} {self._hash(thing)}"

    def _hash(self, thing: str) -> str:
        return blake2b(f"{self.stack} {self.account} {thing}".encode(), digest_size=16).hexdigest()


SOMEWHERE: Final = "*"
"""The type of a parent that is not known."""


def named(token: str, name: str, parent: str = "") -> str:
    """What a program calls a resource before the engine has told its URN: its type below its parent's, and its name."""
    return f"{parent}${token}::{name}" if parent else f"{token}::{name}"


def stack_of(urn: str) -> str:
    """The stack and its project, from a URN."""
    return "::".join(urn.removeprefix("urn:pulumi:").split("::")[:2])


def name_of(urn: str) -> str:
    """The name of a resource, from its URN or from what a program calls it."""
    return urn.rsplit("::", 1)[-1]


def _is_same(one: str, other: str) -> bool:
    """Whether two are of one resource, as far as a program knows a URN: the type, the name, and the parent's type."""
    if one.startswith("urn:") and other.startswith("urn:"):
        return one == other
    (parent, *rest), (other_parent, *other_rest) = _parts(one), _parts(other)
    return rest == other_rest and (parent == other_parent or SOMEWHERE in (parent, other_parent))


def _parts(urn: str) -> tuple[str, str, str]:
    below = urn.split("::", 2)[-1] if urn.startswith("urn:") else urn
    types, _, name = below.partition("::")
    *parents, token = types.split("$")
    return parents[-1] if parents else "", token, name


class Record:
    """The file that the processes of one run append to and read. Not safe for threads.

    Args:
        address: of the engine.

    Raises:
        OSError: it cannot be written, or others could read it.
    """

    def __init__(self, address: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise OSError("the engine's address is not known")
        if sys.platform == "win32":
            raise OSError("not on Windows")
        folder = _private_folder()
        _tidy(folder)
        self._file = folder / re.sub(r"[^0-9A-Za-z]", "-", address)
        self._handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        self._read = 0
        _hold(self._handle)

    def add(self, thing: str, urn: str) -> None:
        """Appends a line; one that cannot be written is as good as none."""
        with suppress(OSError):
            os.write(self._handle, f"{json.dumps([thing, urn])}\n".encode())

    def news(self) -> Iterator[tuple[str, str]]:
        """The whole lines that were added since this was last asked, by whichever process."""
        found = b""
        with suppress(OSError):
            while part := os.pread(self._handle, 1 << 16, self._read + len(found)):
                found += part
        whole = found[: found.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            with suppress(ValueError):
                thing, urn = json.loads(line)
                yield str(thing), str(urn)

    def close(self) -> None:
        """Holds the file no longer."""
        os.close(self._handle)

    def leave(self) -> None:
        """Removes the file unless another process of the run still holds it."""
        with suppress(OSError):
            if _is_held_by_nobody_else(self._handle):
                self._file.unlink(missing_ok=True)


_SHARED: Final[list[Record]] = []


def shared_record(address: str, warn: Callable[[str, str], object]) -> Record | None:
    """The record of the run of an engine; a warning and None where there can be none.

    The file goes with the last process that has it open.
    """
    try:
        record = Record(address)
    except OSError as error:
        warn(
            f"what this run declares cannot be shared between its processes ({error}): agents under several providers "
            "or in targeted runs are not compared with each other",
            "warning",
        )
        return None
    _SHARED.append(record)
    return record


@atexit.register
def leave_records() -> None:
    """Removes the records that no other process of their runs holds any more."""
    while _SHARED:
        _SHARED.pop().leave()


def _private_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"kaleyra-rcs-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink():
        raise OSError(f"{folder} is not private to this user")
    return folder


def _tidy(folder: Path) -> None:
    """Removes what runs left behind that were killed."""
    for each in folder.iterdir():
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > _STALE:
                handle = os.open(each, os.O_RDWR | os.O_NOFOLLOW)
                try:
                    if _is_held_by_nobody_else(handle):
                        each.unlink(missing_ok=True)
                finally:
                    os.close(handle)


def _hold(handle: int) -> None:
    import fcntl  # noqa: PLC0415 - not on Windows

    fcntl.flock(handle, fcntl.LOCK_SH)


def _is_held_by_nobody_else(handle: int) -> bool:
    import fcntl  # noqa: PLC0415 - not on Windows

    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
