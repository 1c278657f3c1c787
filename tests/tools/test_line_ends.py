"""A clone where git is told to turn line ends, as its installer for Windows does: what bash and Python run stays."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from machine import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str) -> str:
    return subprocess.check_output(["git", *words], cwd=folder, text=True)


def test_scripts_run_after_a_clone_with_autocrlf(tmp_path: Path) -> None:
    # What would be committed now, without what has no say in it: a clone of this very repository lacks today's changes.
    source, clone = tmp_path / "source", tmp_path / "clone"
    for name in filter(None, git(ROOT, "ls-files", "-coz", "--exclude-standard").split("\0")):
        if (ROOT / name).is_file() and ((ROOT / name).read_bytes()[:2] == b"#!" or name == ".gitattributes"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    git(source, *identity, "commit", "--quiet", "--message", "as it is")
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", str(source), str(clone))
    scripts = [each for each in git(clone, "ls-files").split() if each != ".gitattributes"]
    assert {"tools/venv", "tools/pulumi-cli/install", "examples/run", "examples/ci/scripts/up.sh"} <= set(scripts)
    assert [each for each in scripts if b"\r" in (clone / each).read_bytes()] == []
    done = subprocess.run([clone / "examples" / "run"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.split(":")[0]) == (
        2,
        "Runs an example against the simulator of Kaleyra's API, without an account",
    )
