"""A Chromium of the machine's, which draws pictures of a page; it is found, never fetched.

It is spoken to by its DevTools protocol over two pipes, as its switch --remote-debugging-pipe has them: the browser
reads commands from file descriptor 3 and writes answers to 4, JSON ended by a zero byte. No port is opened.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import select
import shutil
import signal
import time
from contextlib import contextmanager
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""What a Chromium may be called."""
_SWITCHES: Final = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-default-browser-check",
)
_PATIENCE: Final = 60.0
"""Seconds for one answer; a page of hundreds of agents is drawn in a few."""
_LONGEST: Final = 50
"""Characters of a folder: the browser makes a socket below it, whose whole path may have 108."""
_WIDTH: Final = 1280
_BOXES: Final = """(() => {
  document.styleSheets[0].insertRule("article { content-visibility: visible !important }");
  const box = each => { const found = each.getBoundingClientRect();
    return [each.id, {x: 0, y: found.y + scrollY, width: innerWidth, height: found.height - 1, scale: 1}]; };
  return Object.fromEntries([...document.querySelectorAll("article")].map(box));
})()"""
"""Where each agent is on the page, once all of them are laid out."""


class BrowserError(Exception):
    """The browser did not start, did not answer, or refused; the text says which in one line."""


def find() -> str | None:
    """The path of a Chromium; None where PATH has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def draw(browser: str, page: str, names: Mapping[str, str], folder: Path) -> list[Path]:
    """Draws a picture of each agent on a page, as wide as a desktop's window.

    Args:
        browser: its path.
        page: the HTML document.
        names: of the agents to draw, by the ids of their articles; the files are named after them.
        folder: for the pictures; made where it is missing.

    Raises:
        BrowserError: it did not draw them.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = _files(names)
    with _started(browser) as tab:
        frame = tab.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
        tab.ask("Page.setDocumentContent", frameId=frame, html=page)
        boxes = tab.ask("Runtime.evaluate", expression=_BOXES, returnByValue=True)["result"]["value"]
        for place, file in files.items():
            clip = boxes[place]
            found = tab.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
            (folder / file).write_bytes(base64.b64decode(found["data"]))
    return [folder / each for each in files.values()]


def _files(names: Mapping[str, str]) -> dict[str, str]:
    """Names of files; what no file's name should hold becomes a dash, and then a number tells two of them apart."""
    found: dict[str, str] = {}
    for place, name in names.items():
        base = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or place
        taken = found.values()
        options = (base, *(f"{base}-{number}" for number in range(2, len(names) + 2)))
        found[place] = next(f"{each}.png" for each in options if f"{each}.png" not in taken)
    return found


class _Tab:
    """One tab, asked one thing at a time."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._number = 0
        self._rest = b""
        self._session: dict[str, str] = {}

    def open(self) -> None:
        """Opens the tab."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        size = {"width": _WIDTH, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of one command.

        Raises:
            BrowserError: it is refused, or no answer comes.
        """
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **self._session}
        try:
            _write_all(self._commands, json.dumps(message).encode() + b"\0")
        except OSError:
            raise BrowserError("the browser ended") from None
        end = time.monotonic() + _PATIENCE
        while True:
            answer = json.loads(self._next(end))
            if answer.get("id") == self._number:
                break
        if "error" in answer:
            raise BrowserError(f"the browser refused {method}: {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self, end: float) -> bytes:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], max(end - time.monotonic(), 0))
            if not ready:
                raise BrowserError(f"the browser did not answer within {_PATIENCE:g} s")
            part = os.read(self._answers, 1 << 20)
            if not part:
                raise BrowserError("the browser ended")
            self._rest += part
        found, _, self._rest = self._rest.partition(b"\0")
        return found


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def _started(browser: str) -> Generator[_Tab]:
    """A tab of a browser that ends with the block."""
    folder = gettempdir() if len(gettempdir()) < _LONGEST else "/tmp"  # noqa: S108 - with a name of its own below it
    with TemporaryDirectory(prefix="kaleyra-rcs-", dir=folder, ignore_cleanup_errors=True) as profile:
        commands, answers, process = _spawn(browser, profile)
        try:
            tab = _Tab(commands, answers)
            tab.open()
            yield tab
        finally:
            os.close(commands)
            os.close(answers)
            _end(process)


def _spawn(browser: str, profile: str) -> tuple[int, int, int]:
    """Starts the browser; gives the pipe for commands, the one for answers, and the process."""
    # The browser's own sandbox wants a user that is not root.
    switches = [*_SWITCHES, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    (read, commands), (answers, write) = _pipe(), _pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, read, 3),
        (os.POSIX_SPAWN_DUP2, write, 4),
        *((os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in (0, 1, 2)),
    ]
    try:
        environment = {**os.environ, "TMPDIR": profile}
        process = os.posix_spawn(browser, [browser, *switches, "about:blank"], environment, file_actions=actions)
    except OSError as error:
        raise BrowserError(f"{browser} could not be started ({error.strerror})") from None
    finally:
        os.close(read)
        os.close(write)
    return commands, answers, process


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are none of the descriptors that the browser's side is given."""
    ends = os.pipe()
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 10) for each in ends]
    for each in ends:
        os.close(each)
    return moved[0], moved[1]


def _end(process: int) -> None:
    """Waits a moment for the browser, which ends once its pipes are closed, and then ends it."""
    for _ in range(50):
        if os.waitpid(process, os.WNOHANG)[0]:
            return
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
