"""What is wrong with a stack file: the checks of a preview, without an engine, a network or a key.

What is encrypted or stands outside of the file is not known here, and skipped like an output that is not known yet.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rcs_provider import objects
from rcs_provider.core.controller import Controller
from rcs_provider.core.fields import UNKNOWN, is_block
from rcs_provider.core.kind import Context
from rcs_provider.core.run import Run, named
from rcs_provider.core.settings import ACCOUNT, FACE, SETTINGS, Settings, config_key
from rcs_provider.core.validation import unknown_name
from rcs_provider.objects import stack_keys
from rcs_provider.objects.stack_keys import SHAPE, misplaced, refusal

from .stack_file import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.errors import Problem
    from rcs_provider.core.kind import Kind
    from rcs_provider.core.settings import Setting

    from .stack_file import StackFile, Steps

ERROR: Final = "error"
WARNING: Final = "warning"
_TEXTS: Final = [each.config_key for each in SETTINGS if each.default is None]
"""Settings that are texts, whatever digits they are made of."""
_SOMEWHERE: Final = Settings(pod="in", sid="none")
"""Stands for the account where the file names none: only whether two values agree matters here."""
_ELSEWHERE: Final = "https://localhost"
"""Stands for an API that is not Kaleyra's own, as far as the file tells."""


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake or warning.

    Attributes:
        line: from 1.
        column: from 1.
        severity: error or warning.
        path: `agents.support.description`; empty for the file as a whole.
        reason: a short clause without the offending value.
    """

    line: int
    column: int
    severity: str
    path: str
    reason: str

    def __str__(self) -> str:
        path = f"{self.path}: " if self.path else ""
        return f"{self.line}:{self.column}: {self.severity}: {path}{self.reason}"


def findings(file: StackFile) -> list[Finding]:
    """All that is wrong with a stack file, in the order of its lines."""
    judge = _Judge(file)
    found = [Finding(each.place.line, each.place.column, ERROR, each.path, each.reason) for each in file.mistakes]
    return sorted({*found, *judge.changes(), *judge.settings(), *judge.sections(), *judge.objects()})


class _Judge:
    """Looks at the parts of one file in turn."""

    def __init__(self, file: StackFile) -> None:
        self._file = file
        self._account = _account(file.config)
        self._run, self._run_by_keys = Run(), Run()

    def settings(self) -> Iterator[Finding]:
        """What the file says of the account."""
        for each in stack_keys.renamed(self._file.config):
            yield self._renamed(each)
        for told in (stack_keys.unknown, stack_keys.unknown_sections):
            for key, reason in told(self._file.config):
                yield self._at((key,), reason, WARNING)
        for setting in (*SETTINGS, FACE):
            key = setting.config_key
            value = self._file.config.get(key)
            if value in (UNKNOWN, None, ""):
                continue
            if reason := _refusal(setting, value):
                yield self._at((key,), reason)
            elif setting.secret:
                yield self._at((key,), f"stored in plain text: run `{setting.command}`", WARNING)

    def _renamed(self, setting: Setting) -> Finding:
        key = stack_keys.old_key(setting.key)
        # Its path is the whole key: without the namespace, nothing would tell the old key from the new one.
        return replace(self._at((key,), f"is now {setting.config_key}: rename it"), path=key)

    def changes(self) -> Iterator[Finding]:
        """Values of text that YAML changed before anybody saw them."""
        for path, change in self._file.changes.items():
            if path[0] in _TEXTS or (path[0] in [_key_of(kind) for kind in objects.OBJECTS] and path[1:]):
                yield self._at(path, change.reason, WARNING if change.harmless else ERROR)

    def sections(self) -> Iterator[Finding]:
        """Data that stands under a wrong key, as far as it looks like objects of the kind."""
        for kind in objects.OBJECTS:
            key = misplaced(kind.section, self._file.config)
            value = self._file.config.get(key)
            entries = value.values() if is_block(value) else ()
            if any(is_block(each) and set(each) & set(kind.table.by_name) for each in entries):
                yield self._at((key,), refusal(kind.section, key))

    def objects(self) -> Iterator[Finding]:
        """The mistakes of all objects, and what they say of those that they belong to."""
        for kind in objects.OBJECTS:
            key = _key_of(kind)
            yield from self._shapes(key)
            for path, data in self._listed(key):
                yield from self._child(kind, path, data) if kind.parent else self._object(kind, path, data)

    def _shapes(self, key: str) -> Iterator[Finding]:
        value = self._file.config.get(key)
        if is_block(value):
            for name, each in value.items():
                if not is_block(each) and each not in (UNKNOWN, None):
                    yield self._at((key, name), "must be a mapping")
        elif value not in (UNKNOWN, None, ""):
            yield self._at((key,), SHAPE)

    def _listed(self, key: str) -> Iterator[tuple[Steps, dict[str, Any]]]:
        """The objects of a list that can be judged; one without values is one that lacks them all."""
        value = self._file.config.get(key)
        for name, each in value.items() if is_block(value) else ():
            if is_block(each) or each is None:
                yield (key, name), each or {}

    def _child(self, kind: Kind[Any], path: Steps, data: Mapping[str, Any]) -> Iterator[Finding]:
        """The mistakes of an object that names its parent by the parent's key in the file, or by its id."""
        yield from self._parent_of(kind, path, data)
        known = [each.name for each in kind.table.inputs]
        for name in data.keys() - {kind.parent, *known}:
            yield self._at((*path, name), _unknown_of_child(kind, name, data))
        rest = {name: value for name, value in data.items() if name in known}
        yield from self._object(kind, path, {kind.parent_field: UNKNOWN, **rest}, data.get(kind.parent))

    def _parent_of(self, kind: Kind[Any], path: Steps, data: Mapping[str, Any]) -> Iterator[Finding]:
        parent = objects.by_name()[kind.parent]
        listed, named = self._file.config.get(_key_of(parent)), data.get(kind.parent)
        if kind.parent not in data and kind.parent_field not in data:
            reason = f"is required: the key of {parent.one}, or its number as {kind.parent_field}"
            yield self._at((*path, kind.parent), reason)
        elif kind.parent in data and UNKNOWN not in (listed, named):
            known = list(listed) if is_block(listed) else []
            if not isinstance(named, str) or named not in known:
                reason = f"names no {parent.name} of this stack; there are: {', '.join(known) or 'none'}"
                yield self._at((*path, kind.parent), reason)

    def _object(self, kind: Kind[Any], path: Steps, data: dict[str, Any], parent: Any = None) -> Iterator[Finding]:
        own = {name: value for name, value in data.items() if name not in self._account.left_out}
        found = self._controller(kind, path, self._run).check({}, own)
        problems = [*found.problems]
        if found.inputs.get(kind.parent_field) is UNKNOWN and isinstance(parent, str):
            by_key = self._controller(kind, path, self._run_by_keys)
            problems += by_key.claim({**found.inputs, kind.parent_field: parent})
        for each in problems or found.warnings:
            yield self._problem(path, each, ERROR if problems else WARNING)

    def _controller(self, kind: Kind[Any], path: Steps, run: Run) -> Controller[None]:
        context = Context(None, self._account.settings, run, _say_nothing, named(kind.token, str(path[-1])))
        return Controller(kind, context)

    def _problem(self, path: Steps, problem: Problem, severity: str) -> Finding:
        if problem.others:
            return self._at(path, str(problem), severity)
        parts = re.findall(r"[^.\[\]]+", problem.path or problem.place)
        return self._at((*path, *(int(each) if each.isdigit() else each for each in parts)), problem.reason, severity)

    def _at(self, path: Steps, reason: str, severity: str = ERROR) -> Finding:
        place = self._file.place(path)
        return Finding(place.line, place.column, severity, dotted(path), reason)


@dataclass(frozen=True)
class _Account:
    """The account that the file names, as far as it does.

    Attributes:
        settings: sound ones; what the file leaves out is made up.
        left_out: names of what is made up, which no object can be held to.
    """

    settings: Settings
    left_out: tuple[str, ...]


def _account(config: Mapping[str, Any]) -> _Account:
    told = {each.key: config.get(each.config_key) for each in SETTINGS if each.account}
    sound: dict[str, Any] = {
        key: str(value) for key, value in told.items() if isinstance(value, (str, int)) and value != ""
    }
    elsewhere = "pod" not in sound or config.get(config_key("endpoint")) not in (None, "")
    settings = replace(_SOMEWHERE, **sound, endpoint=_ELSEWHERE if elsewhere else None)
    return _Account(settings, tuple(key for key in told if key not in sound))


def _unknown_of_child(kind: Kind[Any], name: str, data: Mapping[str, Any]) -> str:
    """What to say of an unknown field, in the words of a stack file."""
    inputs = [each for each in kind.table.inputs if each.name not in ACCOUNT]
    required = {each.name for each in inputs if each.required} - {kind.parent_field}
    known = [kind.parent, *(each.name for each in inputs)]
    return unknown_name(name, known, missing={kind.parent, *required} - set(data))


def _key_of(kind: Kind[Any]) -> str:
    return stack_keys.data_key(kind.section)


def _say_nothing(message: str, level: str = "info", *, ephemeral: bool = False) -> None:
    """Warnings of a check are findings here."""


def _refusal(setting: Setting, value: Any) -> str:
    # The CLI hands everything over as text.
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    try:
        setting.parse(text)
    except ValueError as error:
        return str(error)
    return ""
