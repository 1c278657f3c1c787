"""A machine made to order: a PATH of a few real tools, and stubs for what may be missing, old or new."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What the scripts may take for granted on any machine with a shell.
PLAIN_TOOLS = "bash cat chmod cksum dirname env install ls mkdir mktemp mv rm sed sleep"


@dataclass
class Machine:
    """A home folder, and a PATH with nothing else on it."""

    home: Path
    bin: Path

    def link(self, *tools: str) -> None:
        for tool in tools:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)

    def stub(self, name: str, script: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/usr/bin/env bash\n{script}\n")
        path.chmod(0o755)
        return path

    def start(self, *command: str | Path, **variables: str) -> subprocess.Popen[str]:
        environment = {"HOME": str(self.home), "PATH": str(self.bin), **variables}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*command, **variables)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(command, process.returncode, out, err)
