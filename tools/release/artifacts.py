"""What a wheel and a source distribution must hold, and must not."""

from __future__ import annotations

import re
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

from packaging.metadata import ExceptionGroup, InvalidMetadata, Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PACKAGES: Final = ("rcs_policy", "rcs_provider", "rcs_simulator")
TEMPLATES: Final = tuple(f"rcs_provider/look/templates/page.{each}" for each in ("html", "css"))
"""What the page of agents is made of, which is no Python."""
_LEFT_BEHIND: Final = re.compile(
    r"(^|/)(__pycache__|\.venv|\.local|\.git|\.\w+_cache|\.hypothesis|build|tests?)(/|$)|\.pyc$|(^|/)conftest\.py$"
)


def wheel_problems(wheel: Path, version: str) -> Iterator[str]:
    """What is wrong with a wheel of a version."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next((name for name in names if name.endswith(".dist-info/METADATA")), None)
        metadata = archive.read(about) if about else b""
    yield from contents_problems(names)
    yield from metadata_problems(metadata, version)


def sdist_problems(sdist: Path, version: str) -> Iterator[str]:
    """What is wrong with a source distribution of a version."""
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
        top = next(name.partition("/")[0] for name in archive.getnames())
        about = archive.extractfile(f"{top}/PKG-INFO")
        metadata = about.read() if about else b""
    missing = {"pyproject.toml", "LICENSE", "README.md", *(f"{each}/py.typed" for each in PACKAGES)} - set(names)
    yield from (f"the source distribution lacks {name}" for name in sorted(missing))
    yield from left_behind(names)
    yield from metadata_problems(metadata, version)


def contents_problems(names: Sequence[str]) -> Iterator[str]:
    """What is wrong with a wheel's list of files."""
    tops = sorted({name.partition("/")[0] for name in names if ".dist-info/" not in name})
    if tops != list(PACKAGES):
        yield f"the wheel holds {', '.join(tops)}, and not {', '.join(PACKAGES)}"
    for package in PACKAGES:
        if f"{package}/py.typed" not in names:
            yield f"{package} has no py.typed: type checkers would ignore its types"
    yield from (f"the wheel lacks {name}" for name in TEMPLATES if name not in names)
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in names):
        yield "the wheel holds no licence"
    yield from left_behind(names)


def left_behind(names: Iterable[str]) -> Iterator[str]:
    """Tests, caches and folders of tools, which are nobody's business but ours."""
    return (f"{name} does not belong there" for name in names if _LEFT_BEHIND.search(name))


def metadata_problems(text: bytes, version: str) -> Iterator[str]:
    """What is wrong with the metadata, by the standard's own validation and by what we promise."""
    try:
        metadata = Metadata.from_email(text, validate=True)
    except (ExceptionGroup, InvalidMetadata) as error:
        yield from (f"metadata: {each}" for each in getattr(error, "exceptions", [error]))
        return
    for wrong, says in (
        (str(metadata.version) != version, f"the version is {metadata.version}, and not {version}"),
        (not metadata.description, "there is no description"),
        (metadata.description_content_type != "text/markdown", "the description is not said to be Markdown"),
        (metadata.license_expression != "Apache-2.0", "the licence is not Apache-2.0"),
        (metadata.requires_python is None, "no Python is required"),
    ):
        if wrong:
            yield f"metadata: {says}"
