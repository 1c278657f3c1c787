"""`kaleyra-rcs look`: a page that shows agents as a phone shows them."""

from __future__ import annotations

import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rcs_provider.core.errors import RcsError, Refusal
from rcs_provider.core.text import counted

from . import terminal
from .options import require_account, stack_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcs_provider.look import Agent

_PAGE: Final = "agents.html"
_STDOUT: Final = "-"
_LIVE: Final = "live"


@click.command(short_help="Write a page that shows agents as a phone shows them.")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--preview", is_flag=True, help="Show the agents of a preview, which is run now.")
@click.option("--live", is_flag=True, help="Show the agents of the account.")
@click.option("--against", metavar="live|FILE", help="Show what differs from the account, or from that file.")
@stack_options
@click.option(
    "--to", metavar="FILE", default=_PAGE, show_default=True, help="Write the page there; - is standard output."
)
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
@click.option("--pictures", is_flag=True, help="Fetch logos and banners, and put them into the page.")
@click.option("--allow-private", is_flag=True, help="With --pictures: fetch from hosts that are not public, too.")
@click.option(
    "--files", metavar="DIR", help="Take logos and banners from files there, named as at the end of their addresses.",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--png", metavar="DIR", help="Write a picture of each agent there, made by a Chromium on PATH.",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
def look(  # noqa: PLR0913 - its options
    file: str | None,
    *,
    cwd: Path,
    to: str,
    is_opened: bool,
    png: Path | None,
    pictures: bool,
    allow_private: bool,
    files: Path | None,
    **chosen: Any,
) -> None:
    """Write a page that shows agents as a phone shows them, light and dark, and what changes.

    FILE is a stack file, or what `pulumi preview --json` printed; it may be - for standard input. The page is one HTML
    file that needs no script and asks no host for anything.
    """
    if is_opened and to == _STDOUT:
        raise click.UsageError("--open needs a file: leave --to - out")
    if allow_private and not pictures:
        raise click.UsageError("--allow-private goes with --pictures")
    browser = _require_browser() if png is not None else ""
    title, agents = _Choice(file, cwd, **chosen).agents()
    from rcs_provider.look.page import page, summary  # noqa: PLC0415 - with its template engine, which no help needs

    text = page(title, agents, _pictures(agents, pictures, allow_private, files and cwd / files))
    if to == _STDOUT:
        terminal.put(text)
    else:
        _write(cwd / to, text)
        terminal.say(f"{to}: {summary(agents)}")
    if png is not None:
        _draw(browser, text, agents, cwd / png)
    if is_opened and not webbrowser.open((cwd / to).resolve().as_uri()):
        terminal.say(f"no browser could be started: open {to}", "warning")


def _pictures(agents: Sequence[Agent], fetches: bool, allow_private: bool, files: Path | None) -> dict[str, str]:
    """The pictures of all that is shown, as far as they are asked for."""
    if not fetches and files is None:
        return {}
    from .look_pictures import pictures_of  # noqa: PLC0415 - with HTTP and Pillow, which nothing else here needs

    inputs = [each for agent in agents for each in (agent.before, agent.after) if each is not None]
    return pictures_of(inputs, fetches=fetches, allow_private=allow_private, folder=files)


@dataclass(frozen=True)
class _Choice:
    """Where the agents come from, as the options have it."""

    file: str | None
    cwd: Path
    stack: str | None
    preview: bool
    live: bool
    against: str | None

    def agents(self) -> tuple[str, list[Agent]]:
        """A title, and the agents.

        Raises:
            UsageError: the options say two things, or nothing.
            RcsError: they cannot be had.
        """
        from . import look_sources as sources  # noqa: PLC0415 - with all that reads agents, which no help needs

        if [self.file is not None, self.preview, self.live].count(True) != 1:
            raise click.UsageError("say whose agents: a FILE, --preview or --live")
        if self.preview:
            found = sources.of_preview(self.stack, self.cwd)
        elif self.file is not None:
            found = sources.of_file(self.file, self.cwd)
        else:
            found = sources.of_account(require_account(self.stack, self.cwd))
        return found if self.against is None else self._compared(*found)

    def _compared(self, title: str, agents: list[Agent]) -> tuple[str, list[Agent]]:
        from rcs_provider.look.against import against  # noqa: PLC0415 - see above

        from . import look_sources as sources  # noqa: PLC0415

        if any(each.step.value for each in agents) or self.preview:
            raise click.UsageError("a preview says itself what was there before: leave --against out")
        is_live = self.against == _LIVE
        if is_live and self.live:
            raise click.UsageError("--live shows the account itself: name a FILE to hold it against")
        if is_live:
            _, others = sources.of_account(require_account(self.stack, self.cwd))
            return f"{title}, against the account", against(agents, others, live=True)
        name = str(self.against)
        _, others = sources.of_file(name, self.cwd)
        return f"{title}, against {Path(name).name}", against(agents, others)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}") from None


def _require_browser() -> str:
    from . import chromium  # noqa: PLC0415 - only pictures need it

    found = chromium.find()
    if found is None:
        raise Refusal(
            f"there is no Chromium for the pictures: PATH has none of {', '.join(chromium.NAMES)}",
            "Install one, or leave --png out.",
        )
    return found


def _draw(browser: str, text: str, agents: Sequence[Agent], folder: Path) -> None:
    from . import chromium  # noqa: PLC0415 - only pictures need it

    places = [place for place, each in enumerate(agents, 1) if not each.is_unchanged]
    names = {f"agent-{place}": agents[place - 1].name for place in places}
    try:
        drawn = chromium.draw(browser, text, names, folder) if names else []
    except OSError as error:
        raise Refusal(f"{folder} cannot be written: {error.strerror}") from None
    except chromium.BrowserError as error:
        raise RcsError(f"the pictures could not be made: {error}") from None
    terminal.say(f"{folder}: {counted(len(drawn), 'picture')}")
