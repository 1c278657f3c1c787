"""What an editor shows of an argument: asked of pyright's language server, which Pylance is built on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import pytest
from proves import proves

from rcs_provider.core.fields import table
from rcs_provider.objects.agent.blocks import PhoneArgs
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]

IMPORTS: Final = "from rcs_provider import PhoneArgs, RcsAgent, RcsAgentArgs, RcsTester\n"

WORDS: Final = {
    'args: RcsAgentArgs = {"color": "#494e0d"}': ("color", AGENT["color"].doc),
    'RcsAgent("agent", {"on_existing": "adopt"})': ("on_existing", AGENT["on_existing"].doc),
    'RcsAgentArgs(display_name="Support")': ("display_name", AGENT["display_name"].doc),
    'PhoneArgs(country_code="91")': ("country_code", table(PhoneArgs)["country_code"].doc),
    'RcsTester("tester", {"phoneno": "+919000000001"})': ("phoneno", TESTER["phoneno"].doc),
}
"""By a line of a program: a word in it, and what an editor shows where the mouse is over that word."""

KEYWORD: Final = 'RcsTester("other", agent_no="71732", phoneno="+919000000001")'


class _Server:
    """A language server at the other end of two pipes."""

    def __init__(self, sent: IO[bytes], received: IO[bytes]) -> None:
        self._sent, self._received, self._count = sent, received, 0

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request; what the server asks meanwhile is answered with nothing."""
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        for each in iter(self._receive, None):
            if "method" not in each and each.get("id") == self._count:
                return each["result"]
            if "method" in each and "id" in each:
                self._send({"id": each["id"], "result": None})
        raise EOFError(method)

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._sent.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._sent.flush()

    def _receive(self) -> Any:
        head = dict(line.split(b": ", 1) for line in iter(lambda: self._received.readline().strip(), b""))
        return json.loads(self._received.read(int(head[b"Content-Length"]))) if head else None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    settings = {"extraPaths": [str(ROOT)], "venvPath": str(Path(sys.prefix).parent), "venv": Path(sys.prefix).name}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [str(Path(sys.executable).with_name("pyright-langserver")), "--stdio"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        server = _Server(process.stdin, process.stdout)
        folder = {"uri": tmp_path.as_uri(), "name": "program"}
        server.ask("initialize", {"processId": None, "workspaceFolders": [folder], "capabilities": {}})
        server.tell("initialized", {})
        yield server
        server.ask("shutdown", None)
        server.tell("exit", None)


def _hover(server: _Server, uri: str, program: str, line: str, word: str) -> str:
    place = {"line": program.splitlines().index(line), "character": line.index(word)}
    found = server.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
    return " ".join(found["contents"]["value"].split())


@proves("E1", "E15")
@pytest.mark.timeout(60)
def test_an_editor_shows_of_an_argument_what_stands_under_its_key(server: _Server, tmp_path: Path) -> None:
    program, uri = IMPORTS + "\n".join([*WORDS, KEYWORD]), (tmp_path / "program.py").as_uri()
    document = {"uri": uri, "languageId": "python", "version": 1, "text": program}
    server.tell("textDocument/didOpen", {"textDocument": document})
    assert all(words for _, words in WORDS.values())
    for line, (word, words) in WORDS.items():
        assert words in _hover(server, uri, program, line, word), line
    # Pyright looks for a keyword's docstring only where a constructor has no overloads, so at a keyword of a resource
    # it shows the type, and at the resource which class has the words.
    assert "agent_no: " in _hover(server, uri, program, KEYWORD, "agent_no")
    assert "the keys of `RcsTesterArgs`" in _hover(server, uri, program, KEYWORD, "RcsTester")
