"""The faces of the provider, and which of them a test of the engine runs over.

Every test whose fixtures take `face` can run over both. By itself a run takes each of them once, over the face that
the test's name decides: a half of the tests over each, and always the same half. `--face` takes the whole of one face,
or of both. What is one face's affair is marked with `only`, and runs whenever that face does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import pytest

from rcs_provider.core.kind import PACKAGE
from rcs_provider.core.names import camel, names_of, renamed, snake
from rcs_provider.objects import OBJECTS, by_name

_FIXTURE: Final = "face"
_MARKER: Final = "face"
_BOTH: Final = "both"

_OURS: Final = {camel(name): name for kind in OBJECTS for name in names_of(kind.table) if camel(name) != name}
_FOREIGN: Final = re.compile(rf"(?<![\w:])({'|'.join(sorted(_OURS, key=len, reverse=True))})\b")


@dataclass(frozen=True)
class Face:
    """One face, as tests see it.

    Attributes:
        name: value of the setting.
        package: of its providers.
        process: a word of the command line that its providers run by.
        translated: whether tests read our names of fields in what it tells.
    """

    name: str
    package: str
    process: str
    translated: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def other(self) -> Face:
        """The face that a stack may come from."""
        return PLUGIN if self is DYNAMIC else DYNAMIC

    def token(self, kind: str) -> str:
        """The type of a kind's resource."""
        found = by_name()[kind]
        return found.token if self is DYNAMIC else found.package_token

    @property
    def tokens(self) -> tuple[str, ...]:
        """The types of all its resources."""
        return tuple(self.token(kind.name) for kind in OBJECTS)

    def spelt(self, value: Any) -> Any:
        """A plain value of ours with the names that this face has on the wire."""
        return value if self is DYNAMIC else renamed(value, camel)

    def field(self, name: str) -> str:
        """A field's name on the wire, also that of a field that there is not."""
        return name if self is DYNAMIC else camel(name)

    def ours(self, text: str) -> str:
        """A text of the engine's with our names of fields."""
        return _FOREIGN.sub(lambda found: _OURS[found[1]], text) if self.translated else text


DYNAMIC: Final = Face("dynamic", "pulumi-python", "pulumi.dynamic")
PLUGIN: Final = Face("plugin", PACKAGE, f"pulumi-resource-{PACKAGE}", translated=True)
TYPES: Final = Face("plugin", PACKAGE, f"pulumi-resource-{PACKAGE}")
"""The plugin below programs that know no more than its types, and so speak its own names."""


def ours(value: Any) -> Any:
    """A plain value of either face with our names."""
    return renamed(value, snake)


def only(face: str, why: str) -> pytest.MarkDecorator:
    """Marks a test, or all tests of a class, as being about one face alone."""
    return pytest.mark.face(face, why)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that chooses the faces."""
    names = [DYNAMIC.name, PLUGIN.name, _BOTH]
    told = "the face to run every test over, or both; without it each test runs over the one that its name decides"
    parser.getgroup("faces").addoption("--face", choices=names, help=told)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Makes a test of each face that it is about; only the plugin's side of two has a mark in its name."""
    if _FIXTURE not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker(_MARKER)
    faces = [each for each in (DYNAMIC, PLUGIN) if marked is None or marked.args[0] == each.name]
    made = [pytest.param(each, id=pytest.HIDDEN_PARAM if each is faces[0] else each.name) for each in faces]
    metafunc.parametrize(_FIXTURE, made, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests of a face that is not chosen."""
    chosen = config.getoption("--face")
    left = [each for each in items if not _is_chosen(each, chosen)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [each for each in items if each not in left]


def _is_chosen(item: pytest.Item, chosen: str | None) -> bool:
    """Whether a test runs where a face, both or none is asked for; one that takes no face always does."""
    callspec = getattr(item, "callspec", None)
    face: Face | None = callspec and callspec.params.get(_FIXTURE)
    if face is None or chosen == _BOTH:
        return True
    if chosen is None:
        return item.get_closest_marker(_MARKER) is not None or face is _half(_shared(item.nodeid, face))
    return face.name == chosen


def _shared(name: str, face: Face) -> str:
    """The name that both sides of a test have: that of the dynamic one."""
    return name if face is DYNAMIC else name.replace(f"[{face}]", "", 1).replace(f"[{face}-", "[", 1)


def _half(name: str) -> Face:
    """The face that a name decides, the same on every machine."""
    return (DYNAMIC, PLUGIN)[blake2b(name.encode(), digest_size=1).digest()[0] % 2]
