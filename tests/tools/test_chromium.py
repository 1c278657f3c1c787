"""tools/chromium/install: which browser it finds, and what it says where there is none."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

INSTALL: Final = Path(__file__).resolve().parents[2] / "tools" / "chromium" / "install"


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([INSTALL], env=environment, capture_output=True, text=True, check=False, timeout=60)


def program(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_it_finds_the_one_that_is_named_before_any_on_path(tmp_path: Path) -> None:
    first, other = program(tmp_path / "google-chrome"), program(tmp_path / "elsewhere" / "own")
    path = f"{tmp_path}:/usr/bin:/bin"
    assert run(PATH=path, CHROMIUM=str(other)).stdout == f"{other}\n"
    chromium = program(tmp_path / "chromium")
    assert run(PATH=path).stdout == f"{chromium}\n"
    chromium.unlink()
    assert run(PATH=str(tmp_path) + ":/bin").stdout in (f"{first}\n", "/bin/chromium\n")


def test_a_named_one_that_is_not_there_is_one_line_and_nothing_is_installed() -> None:
    done = run(PATH="/usr/bin:/bin", CHROMIUM="/nowhere/chromium")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "CHROMIUM names /nowhere/chromium, and there is no such program.\n"


def test_who_may_not_install_one_is_told_what_to_install(tmp_path: Path) -> None:
    for name in ("bash", "env"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    program(tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    done = run(PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The tests that look at pages need a Chromium: install the package chromium, or set CHROMIUM to its path.\n"
    )


def test_who_may_install_one_gets_debians_and_one_line_about_it(tmp_path: Path) -> None:
    for name in ("bash", "env", "flock", "chmod"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    program(tmp_path / "id").write_text("#!/bin/sh\necho 0\n")
    browser = tmp_path / "chromium"
    apt = '#!/bin/sh\necho "apt-get $*"\n[ "$1" = update ] && touch "$0.lists"\n[ -e "$0.lists" ] || exit 100\n'
    made = f'[ "$1" = update ] || {{ echo "#!/bin/sh" >{browser}; chmod +x {browser}; }}\n'
    program(tmp_path / "apt-get").write_text(apt.replace("touch", ": >") + made)
    done = run(PATH=str(tmp_path), TMPDIR=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, f"{browser}\n"), done.stderr
    assert done.stderr.splitlines() == [
        "Installing Debian's chromium and a font, for the tests that look at pages.",
        "apt-get install -y --no-install-recommends chromium fonts-dejavu-core",
        "apt-get update",
        "apt-get install -y --no-install-recommends chromium fonts-dejavu-core",
    ]
