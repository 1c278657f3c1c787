"""The faces of the provider, and which of them a test of the engine runs over.

Every test whose fixtures take `face` may run over both. By itself a run takes the whole of the dynamic face; the
options `--face` and `--face-share` take another part. What is the plugin's alone has tests of its own, which
always run.
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

SHARE: Final = 0
"""Per cent of the tests that a run takes over the plugin, too: none until CI has the time; `--face both` takes all."""
_FIXTURE: Final = "face"
_MARKER: Final = "face"

_OURS: Final = {camel(name): name for kind in OBJECTS for name in names_of(kind.table) if camel(name) != name}
_FOREIGN: Final = re.compile(rf"(?<![\w:])({'|'.join(sorted(_OURS, key=len, reverse=True))})\b")


@dataclass(frozen=True)
class Face:
    """One face, as tests see it.

    Attributes:
        name: value of the setting.
        package: of its providers.
        process: a word of the command line that its providers run by.
    """

    name: str
    package: str
    process: str

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

    def ours(self, text: str) -> str:
        """A text of the engine's with our names of fields."""
        return text if self is DYNAMIC else _FOREIGN.sub(lambda found: _OURS[found[1]], text)


DYNAMIC: Final = Face("dynamic", "pulumi-python", "pulumi.dynamic")
PLUGIN: Final = Face("plugin", PACKAGE, f"pulumi-resource-{PACKAGE}")


def ours(value: Any) -> Any:
    """A plain value of either face with our names."""
    return renamed(value, snake)


def only(face: str, why: str) -> pytest.MarkDecorator:
    """Marks a test, or all tests of a class, as being about one face alone."""
    return pytest.mark.face(face, why)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options that choose the faces."""
    group = parser.getgroup("faces")
    group.addoption("--face", choices=["dynamic", "plugin", "both"], help="the face to test, whole; or both")
    group.addoption(
        "--face-share",
        type=int,
        default=SHARE,
        metavar="PER_CENT",
        help=f"tests to run over the plugin too, where no --face says more (default: {SHARE})",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Makes a test of each face; that of the dynamic one has no mark in its name."""
    if _FIXTURE not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker(_MARKER)
    chosen = metafunc.config.getoption("--face")
    wanted = [each for each in (DYNAMIC, PLUGIN) if chosen in (None, "both", each.name)]
    made = [
        pytest.param(each, id=pytest.HIDDEN_PARAM if each is DYNAMIC else each.name)
        for each in wanted
        if marked is None or marked.args[0] == each.name
    ]
    metafunc.parametrize(_FIXTURE, made, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is beyond the share."""
    if config.getoption("--face") is not None:
        return
    share = config.getoption("--face-share")
    left = {each for each in items if _is_shared(each) and _place(each.nodeid) >= share}
    if left:
        config.hook.pytest_deselected(items=[each for each in items if each in left])
        items[:] = [each for each in items if each not in left]


def _is_shared(item: pytest.Item) -> bool:
    """Whether it is the plugin's side of a test that has two."""
    params: dict[str, Any] = (
        item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    )
    return params.get(_FIXTURE) is PLUGIN and item.get_closest_marker(_MARKER) is None


def _place(name: str) -> int:
    """A number from 0 to 99 that a name always has."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") % 100
