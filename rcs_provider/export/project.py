"""The files of an exported project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import ConfigError
from rcs_provider.core.kind import PACKAGE
from rcs_provider.core.settings import FACES, PLUGIN

from . import import_file, origin, program, stack_file
from . import readme as guide
from . import secret_phones as secret_phones_file
from .declaration import declarations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rcs_provider.core.settings import Settings

    from .inventory import Inventory

FORMS: Final = ("stack", "program")
"""How a project declares an account: as data of its stack, or as a Python program."""

_LONGEST: Final = 100
"""Characters of a project's name, which Pulumi allows."""
_PROJECT: Final = """\
description: Kaleyra RCS agents and testers
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: .venv
"""
_PLUGIN: Final = f"""\
plugins:
  providers:
    - name: {PACKAGE}
      path: .venv/bin
"""
"""Where `pulumi install` puts the plugin, together with the package."""
_DATA_PROGRAM: Final = '''\
"""Makes the agents and testers that the stack's file lists."""

from rcs_provider import stack_data

stack_data.declare()
'''


def project_name(folder: Path) -> str:
    """The name of a project in that folder: the folder's own, with a dash for whatever Pulumi allows in none."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-.")[:_LONGEST] or "rcs"


def project(  # noqa: PLR0913, PLR0917 - one for each option
    settings: Settings,
    found: Inventory,
    form: str,
    stack: str,
    face: str = FACES[0],
    name: str = "rcs",
    *,
    secret_phones: bool = False,
) -> dict[str, str]:
    """Texts of the project's files by their names: the same account gives the same texts.

    Args:
        settings: of the account.
        found: the account.
        form: one of FORMS.
        stack: name of the stack.
        face: one of FACES, which serves the project's resources.
        name: of the project; two projects of one name share their stacks.
        secret_phones: leave the testers' phone numbers to a secret of the stack.
    """
    from .yaml_text import dumped  # noqa: PLC0415 - with the YAML library, which `kaleyra-rcs --help` does not need

    declared = declarations(settings, found)
    key = secret_phones_file.CONFIG_KEY if secret_phones else ""
    plain = [each for each in declared if not (secret_phones and each.parent)]
    files = {secret_phones_file.FILE: secret_phones_file.text(form, declared)} if secret_phones else {}
    return {
        **files,
        "Pulumi.yaml": dumped({"name": name}) + _PROJECT + (_PLUGIN if face == PLUGIN else ""),
        f"Pulumi.{stack}.yaml": stack_file.text(settings, plain if form == "stack" else (), face),
        "__main__.py": _DATA_PROGRAM if form == "stack" else program.text(settings.pod or "", declared, key),
        "requirements.txt": origin.requirements(),
        "import.json": import_file.text(declared, face),
        "README.md": guide.text(stack, found, declared, face, form if secret_phones else ""),
        ".gitignore": ".venv/\n__pycache__/\nimport.json\n" + "".join(f"{each}\n" for each in files),
    }


def require_room(folder: Path, *, force: bool = False) -> None:
    """Raises ConfigError where a folder holds files that are not to be written over."""
    try:
        if not force and folder.exists() and any(folder.iterdir()):
            raise ConfigError(f"{folder} is not empty", "Name another folder, or write over its files with --force.")
    except OSError as error:
        raise ConfigError(f"cannot use {folder}: {error.strerror}") from None


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes files into a folder, which is made where it does not exist.

    Args:
        folder: of the project.
        files: texts by name.

    Raises:
        ConfigError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write to {folder}: {error.strerror}") from None
