"""The plugin's archive: what `pulumi plugin install` takes, and the engine fetches by its name.

It holds no code of the package: the engine makes a Python environment of its requirements when it installs it. The
files are the same for each system, but the engine asks for an archive by the names of system and machine.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SYSTEMS: Final = ("darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64")
"""System and machine, as Go calls them."""

_ABOUT: Final = """\
name: kaleyra
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: .venv
"""
_PROGRAM: Final = '''\
"""Runs the provider plugin that the requirements name."""

from rcs_provider.plugin.main import main

main()
'''
_EXECUTABLE: Final = """\
#!/bin/sh
# Runs the plugin in the Python environment that the engine made. Language hosts differ in where that is (of older ones
# in this folder itself) and in what they take for the program of a plugin, so this does not leave it to them.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
for each in "$here/.venv" "$here/venv" "$here"; do
    [ -x "$each/bin/python" ] && exec "$each/bin/python" "$here/__main__.py" "$@"
done
echo "there is no Python environment in $here: run pulumi plugin install resource kaleyra again" >&2
exit 1
"""
EXECUTABLE: Final = "pulumi-resource-kaleyra"
"""What an engine starts of an archive."""


def archive_name(version: str, system: str) -> str:
    """The name by which an engine asks for an archive."""
    return f"pulumi-resource-kaleyra-v{version}-{system}.tar.gz"


def contents(version: str, pins: str) -> Mapping[str, str]:
    """The files of an archive, by name.

    Args:
        version: of the package, as pip spells it.
        pins: the releases of all that the package needs, as uv writes them: a requirement a line, with comments.
    """
    needed = [line.strip() for line in pins.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return {
        "PulumiPlugin.yaml": _ABOUT,
        "__main__.py": _PROGRAM,
        EXECUTABLE: _EXECUTABLE,
        "requirements.txt": "\n".join([f"kaleyra-rcs=={version}", *needed, ""]),
    }


def write(folder: Path, version: str, semantic: str, pins: str) -> list[Path]:
    """Writes an archive for each system, the same bytes for the same contents.

    Args:
        folder: to write into.
        version: of the package, as pip spells it.
        semantic: the same as the engine spells it.
        pins: see `contents`.
    """
    made = _packed(contents(version, pins))
    files = [folder / archive_name(semantic, system) for system in SYSTEMS]
    for file in files:
        file.write_bytes(made)
    return files


def _packed(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, text in files.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(text.encode()), 0o755 if name == EXECUTABLE else 0o644
            archive.addfile(about, io.BytesIO(text.encode()))
    return packed.getvalue()
