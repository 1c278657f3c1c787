"""A target of the contract tests, and how two JSON values are compared by shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

SAMPLES = Path(__file__).resolve().parent / "samples"


class Target:
    """An API to speak to; `call` returns HTTP status and JSON body."""

    def __init__(self, url: str, sid: str, key: str) -> None:
        self.base = f"{url}/v1/{sid}/rcs"
        self.root = url
        self.session = requests.Session()
        self.session.headers.update({"api-key": key, "Content-Type": "application/json"})

    def call(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        url = path if path.startswith("http") else self.base + path
        answer = self.session.request(method, url, timeout=30, **options)
        return answer.status_code, answer.json()


def sample(path: str) -> Any:
    """Return a sample by folder and name, such as `get_agent/success`."""
    return json.loads((SAMPLES / f"{path}.json").read_text())


def shape(value: Any) -> Any:
    """Return a value with types in place of its leaves; keys keep their order."""
    if isinstance(value, dict):
        return [(key, shape(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__
