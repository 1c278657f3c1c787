"""A stack file as Pulumi reads it, with the place of every value in it.

Pulumi's YAML is that of Go's yaml.v3: `yes` and `12:30` are text, 010 is eight, and a key defined twice is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.constructor import ConstructorError

from rcs_provider.core.fields import UNKNOWN, is_block
from rcs_provider.objects.stack_keys import without_namespace

from . import yaml_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yaml.nodes import MappingNode, Node, SequenceNode

    from .yaml_changes import Change

Steps = tuple[str | int, ...]
"""The way to a value: keys and places in lists, from the outermost in."""

_TAG: Final = "tag:yaml.org,2002:"
_INT: Final = r"[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|0|[1-9][0-9_]*)"
_FLOAT: Final = (
    r"[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_MOST_VALUES: Final = 500_000
"""Aliases of aliases would make any number of a few lines; ten thousand agents have fewer."""
_OWN_KEYS: Final = ("config", "encryptionsalt", "secretsprovider", "encryptedkey", "environment")
"""What Pulumi keeps in a stack file."""


@dataclass(frozen=True)
class Place:
    """Line and column, from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Mistake:
    """What is wrong with the file as such."""

    place: Place
    path: str
    reason: str


@dataclass
class StackFile:
    """A stack file.

    Attributes:
        config: the configuration by its keys, such as `rcs:agents`; UNKNOWN stands for what is encrypted.
        places: of keys and list entries, by their path, which begins with the key of the configuration.
        changes: what YAML changed in values and keys that stand without quotes, by their path.
        mistakes: of the file as such; where there are any, the rest may be empty.
    """

    config: dict[str, Any] = field(default_factory=dict[str, Any])
    places: dict[Steps, Place] = field(default_factory=dict[Steps, Place])
    changes: dict[Steps, Change] = field(default_factory=dict[Steps, "Change"])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])

    def place(self, path: Steps) -> Place:
        """The place of a value, or of the nearest one around it that the file holds."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place())


def dotted(path: Steps) -> str:
    """A path as messages write it: `agents.support.phones[0].number`, without the namespace of the first key."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else without_namespace(part)
    return text


def parse(text: str) -> StackFile:
    """Reads a stack file; never raises."""
    file = StackFile()
    try:
        root = _any(yaml).compose(text, Loader=_Loader)
        document = None if root is None else _Reader(file).value(root, ())
    except yaml.YAMLError as error:
        file.mistakes.append(_syntax(error, text))
        return file
    except RecursionError:
        file.mistakes.append(Mistake(Place(), "", "is nested too deeply"))
        return file
    _take(file, {} if document is None else document)
    return file


def _take(file: StackFile, document: Any) -> None:
    """Takes the configuration out of the document, its places likewise."""
    known = is_block(document) and (not document or any(key in document for key in _OWN_KEYS))
    if not known:
        file.mistakes.append(Mistake(Place(), "", "not a stack file: it has no `config`"))
        return
    config = document.get("config")
    if config is not None and not is_block(config):
        file.mistakes.append(Mistake(file.place(("config",)), "config", "must be a mapping"))
        return
    file.config = config or {}
    file.places = {path[1:]: place for path, place in file.places.items() if path[:1] == ("config",)}
    file.changes = {path[1:]: change for path, change in file.changes.items() if path[:1] == ("config",)}


def _any(value: Any) -> Any:
    """What the stubs leave half without types."""
    return value


def _syntax(error: yaml.YAMLError, text: str) -> Mistake:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        said = ", ".join(each for each in (error.context, error.problem) if each)
        return Mistake(place, "", f"not valid YAML: {said}")
    # The reader knows only how many characters came before one that YAML does not allow.
    before = text[: getattr(error, "position", 0)]
    place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return Mistake(place, "", "not valid YAML: a character that is not allowed")


class _Loader(yaml.SafeLoader):
    """PyYAML's loader with the plain texts that mean something else in Go's YAML, and no others."""

    yaml_implicit_resolvers: Any = {}  # noqa: RUF012 - as PyYAML's own classes have it


for _name, _pattern in (
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("null", r"~|null|Null|NULL|"),
    ("int", _INT),
    ("float", _FLOAT),
    ("timestamp", yaml_changes.TIMESTAMP),
    ("merge", r"<<"),
):
    _any(_Loader).add_implicit_resolver(f"{_TAG}{_name}", re.compile(f"(?:{_pattern})$"), None)


class _Reader:
    """Makes plain values of nodes, and notes their places and the keys that are defined twice."""

    def __init__(self, file: StackFile) -> None:
        self._file = file
        self._around: list[Node] = []
        self._seen = 0

    def value(self, node: Node, path: Steps) -> Any:
        """The value of a node.

        Raises:
            ConstructorError: it holds itself, or something that its tag does not allow.
        """
        if any(node is each for each in self._around):
            raise ConstructorError(None, None, "an alias stands for what it is part of", node.start_mark)
        self._seen += 1
        if self._seen > _MOST_VALUES:
            raise ConstructorError(None, None, "holds too many values", node.start_mark)
        self._around.append(node)
        try:
            return self._made(node, path)
        finally:
            self._around.pop()

    def _made(self, node: Node, path: Steps) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._block(node, path)
        if isinstance(node, yaml.SequenceNode):
            return self._list(node, path)
        return self._noted(node, path)

    def _noted(self, node: Node, path: Steps) -> Any:
        """The value of a scalar; what YAML changed in it is noted."""
        found = _scalar(node)
        if change := yaml_changes.of(node, found):
            self._file.changes.setdefault(path, change)
        return found

    def _list(self, node: SequenceNode, path: Steps) -> list[Any]:
        for index, each in enumerate(node.value):
            self._file.places[(*path, index)] = _place(each)
        return [self.value(each, (*path, index)) for index, each in enumerate(node.value)]

    def _block(self, node: MappingNode, path: Steps) -> Any:
        made: dict[str, Any] = {}
        own = [(key, each) for key, each in node.value if key.tag != f"{_TAG}merge"]
        for key, each in node.value:
            if key.tag == f"{_TAG}merge":
                self._merge(each, path, made)
        seen: dict[str, Place] = {}
        for key, each in own:
            name = _name_of(key)
            if name in seen:
                reason = f"defined twice (first on line {seen[name].line})"
                self._file.mistakes.append(Mistake(_place(key), dotted((*path, name)[1:]), reason))
                continue
            seen[name] = self._file.places[(*path, name)] = _place(key)
            self._noted(key, (*path, name))
            made[name] = self.value(each, (*path, name))
        return UNKNOWN if set(made) == {"secure"} and isinstance(made["secure"], str) else made

    def _merge(self, node: Node, path: Steps, made: dict[str, Any]) -> None:
        for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(each, yaml.MappingNode):
                raise ConstructorError(None, None, "only blocks can be merged", each.start_mark)
            merged = self.value(each, path)
            made.update({} if merged is UNKNOWN else {**merged, **made})


def _scalar(node: Node) -> Any:
    read, text = _SCALARS.get(node.tag.removeprefix(_TAG)), str(node.value)
    try:
        return text if read is None else read(text)
    except ValueError:
        raise ConstructorError(None, None, "the value is not what its tag says", node.start_mark) from None


def _int(text: str) -> int:
    plain = text.replace("_", "")
    # A leading zero is octal there, which Python does not read.
    return int(re.sub(r"^([-+]?)0(?=[0-7])", r"\g<1>0o", plain), 0)


def _float(text: str) -> float:
    found = float(re.sub(r"\.(?=inf|nan)", "", text.replace("_", ""), flags=re.IGNORECASE))
    # JSON, in which a program gets it, writes a whole one without its point.
    return int(found) if found.is_integer() else found


_SCALARS: Final[Mapping[str, Callable[[str], Any]]] = {
    "bool": lambda text: text.lower() == "true",
    "null": lambda _: None,
    "int": _int,
    "timestamp": yaml_changes.timestamp,
    "float": _float,
}


def _name_of(key: Node) -> str:
    """A key as text, as JSON has no others."""
    if not isinstance(key, yaml.ScalarNode):
        raise ConstructorError(None, None, "a key must be a string", key.start_mark)
    found = _scalar(key)
    return str(found).lower() if isinstance(found, bool) else "<nil>" if found is None else str(found)


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
