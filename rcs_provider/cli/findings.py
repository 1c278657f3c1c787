"""What is wrong with a stack file: the checks of a preview, without an engine, a network or a key.

What is encrypted or stands outside of the file is not known here, and skipped like an output that is not known yet.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.fields import UNKNOWN, is_block
from rcs_provider.core.settings import ACCOUNT, SETTINGS, Settings
from rcs_provider.core.validation import unknown_name
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.stack_keys import AGENT_KEY, NAMESPACE, SECTIONS, SHAPE, misplaced, refusal, unknown
from rcs_provider.objects.tester.life import TESTER

from .stack_file import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rcs_provider.core.errors import Problem
    from rcs_provider.core.kind import ApiObject
    from rcs_provider.core.settings import Setting

    from .stack_file import StackFile, Steps

ERROR: Final = "error"
WARNING: Final = "warning"
_AGENTS: Final = f"{NAMESPACE}agents"
_TESTERS: Final = f"{NAMESPACE}testers"
_TEXTS: Final = [f"{NAMESPACE}{each.key}" for each in SETTINGS if each.default is None]
"""Settings that are texts, whatever digits they are made of."""
_KNOWN_BY: Final = {AGENT.name: "service_code", TESTER.name: "phoneno"}
"""The field that a doubled object is reported at."""
_OF_TESTER: Final = [each.name for each in TESTER.table.inputs]
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
    return sorted({*found, *judge.changes(), *judge.settings(), *judge.sections(), *judge.agents(), *judge.testers()})


class _Judge:
    """Looks at the parts of one file in turn."""

    def __init__(self, file: StackFile) -> None:
        self._file = file
        self._account = _account(file.config)
        self._claims: dict[str, str] = {}

    def settings(self) -> Iterator[Finding]:
        """What the file says of the account."""
        for key, reason in unknown(self._file.config):
            yield self._at((key,), reason, WARNING)
        for setting in SETTINGS:
            key = f"{NAMESPACE}{setting.key}"
            value = self._file.config.get(key)
            if value in (UNKNOWN, None, ""):
                continue
            if reason := _refusal(setting, value):
                yield self._at((key,), reason)
            elif setting.secret:
                yield self._at((key,), f"stored in plain text: run `{setting.command}`", WARNING)

    def changes(self) -> Iterator[Finding]:
        """Values of text that YAML changed before anybody saw them."""
        for path, change in self._file.changes.items():
            if path[0] in _TEXTS or (path[0] in (_AGENTS, _TESTERS) and path[1:]):
                yield self._at(path, change.reason, WARNING if change.harmless else ERROR)

    def sections(self) -> Iterator[Finding]:
        """Data that stands under a wrong key, as far as it looks like agents or testers."""
        for section, kind in zip(SECTIONS, (AGENT, TESTER), strict=True):
            key = misplaced(section, self._file.config)
            value = self._file.config.get(key)
            entries = value.values() if is_block(value) else ()
            if any(is_block(each) and set(each) & set(kind.table.by_name) for each in entries):
                yield self._at((key,), refusal(section, key))

    def agents(self) -> Iterator[Finding]:
        """The mistakes of all agents."""
        yield from self._shapes(_AGENTS)
        for path, data in self._listed(_AGENTS):
            yield from self._object(AGENT, path, data)

    def testers(self) -> Iterator[Finding]:
        """The mistakes of all testers, and what they say of the agents."""
        yield from self._shapes(_TESTERS)
        for path, data in self._listed(_TESTERS):
            yield from self._agent_of(path, data)
            for name in data.keys() - {AGENT_KEY, *_OF_TESTER}:
                yield self._at((*path, name), _unknown_of_tester(name, data))
            rest = {name: value for name, value in data.items() if name in _OF_TESTER}
            yield from self._object(TESTER, path, {"agent_no": UNKNOWN, **rest}, data.get(AGENT_KEY))

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

    def _agent_of(self, path: Steps, data: Mapping[str, Any]) -> Iterator[Finding]:
        listed, named = self._file.config.get(_AGENTS), data.get(AGENT_KEY)
        if AGENT_KEY not in data and "agent_no" not in data:
            yield self._at((*path, AGENT_KEY), "is required: the key of an agent, or its number as agent_no")
        elif AGENT_KEY in data and UNKNOWN not in (listed, named):
            known = list(listed) if is_block(listed) else []
            if not isinstance(named, str) or named not in known:
                reason = f"names no agent of this stack; there are: {', '.join(known) or 'none'}"
                yield self._at((*path, AGENT_KEY), reason)

    def _object(self, kind: ApiObject, path: Steps, data: dict[str, Any], agent: Any = None) -> Iterator[Finding]:
        own = {name: value for name, value in data.items() if name not in self._account.left_out}
        inputs = kind.normalise(self._account.settings, {}, own)
        problems = kind.validate(self._account.settings, {}, inputs)
        for each in problems or kind.advise(self._account.settings, inputs):
            yield self._problem(path, each, ERROR if problems else WARNING)
        yield from self._claimed(kind, path, inputs, agent)

    def _problem(self, path: Steps, problem: Problem, severity: str) -> Finding:
        if ", " in problem.path:  # a rule over several fields
            return self._at(path, str(problem), severity)
        parts = re.findall(r"[^.\[\]]+", problem.path)
        return self._at((*path, *(int(each) if each.isdigit() else each for each in parts)), problem.reason, severity)

    def _claimed(self, kind: ApiObject, path: Steps, inputs: dict[str, Any], agent: Any) -> Iterator[Finding]:
        """What two resources may not share, as the provider refuses it in a preview."""
        named = inputs.get("agent_no") is UNKNOWN and isinstance(agent, str)
        identity = kind.identity({**inputs, "agent_no": agent} if named else inputs)
        name = str(path[-1])
        owner = name if identity is None else self._claims.setdefault(f"{named} {identity}", name)
        if identity is not None and owner != name:
            shown = identity.partition(" #")[0]
            yield self._at((*path, _KNOWN_BY[kind.name]), f"{shown} is declared twice, by {owner} and by {name}")

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
    told = {each.key: config.get(f"{NAMESPACE}{each.key}") for each in SETTINGS[:2]}
    sound: dict[str, Any] = {
        key: str(value) for key, value in told.items() if isinstance(value, (str, int)) and value != ""
    }
    elsewhere = "pod" not in sound or config.get(f"{NAMESPACE}endpoint") not in (None, "")
    settings = replace(_SOMEWHERE, **sound, endpoint=_ELSEWHERE if elsewhere else None)
    return _Account(settings, tuple(key for key in told if key not in sound))


def _unknown_of_tester(name: str, data: Mapping[str, Any]) -> str:
    """What to say of an unknown field of a tester, in the words of a stack file."""
    known = [AGENT_KEY, *(each for each in _OF_TESTER if each not in ACCOUNT)]
    return unknown_name(name, known, missing={AGENT_KEY, "phoneno"} - set(data))


def _refusal(setting: Setting, value: Any) -> str:
    # The CLI hands everything over as text.
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    try:
        setting.parse(text)
    except ValueError as error:
        return str(error)
    return ""
