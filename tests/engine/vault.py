"""A stand-in for HashiCorp Vault, which keeps the keys of the tests' stacks.

A passphrase, as most users have it, is turned into a key by a million rounds in every command, which is a sixth of the
command's work. Whoever keeps the key, the engine encrypts and decrypts alike, and the package has no part in it.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVIDER: Final = "hashivault://tests"
"""What `pulumi stack init --secrets-provider` is told."""

_MARK: Final = "vault:v1:"


class _Transit(BaseHTTPRequestHandler):
    """Vault's secrets engine `transit`, by the documented paths `encrypt` and `decrypt`; it only marks what it gets."""

    def do_PUT(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "/decrypt/" in self.path:
            data = {"plaintext": asked["ciphertext"].removeprefix(_MARK)}
        else:
            data = {"ciphertext": _MARK + asked["plaintext"]}
        answer = json.dumps({"data": data}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@cache
def variables() -> Mapping[str, str]:
    """The variables by which the engine finds it; it runs as long as the tests of this process do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Transit)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return {"VAULT_SERVER_URL": f"http://127.0.0.1:{server.server_port}", "VAULT_SERVER_TOKEN": "tests"}
