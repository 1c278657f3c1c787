"""A page of a web site, as a resource of its own: what a bucket of your cloud's provider is in a real project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi import Input, Output, ResourceOptions
from pulumi.dynamic import CreateResult, Resource, ResourceProvider, UpdateResult

SITE = "https://www.example.com"


def _publish(inputs: dict[str, Any]) -> dict[str, Any]:
    file = Path("public", inputs["path"])
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"<!doctype html>\n<p>{inputs['text']}</p>\n", encoding="utf-8")
    return {**inputs, "url": f"{SITE}/{inputs['path']}"}


class _Pages(ResourceProvider):
    def create(self, props: dict[str, Any]) -> CreateResult:
        return CreateResult(props["path"], _publish(props))

    def update(self, _id: str, _olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        return UpdateResult(_publish(news))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        Path("public", _id).unlink(missing_ok=True)


class Page(Resource):
    """A page in the folder `public`; its url is known once it is published."""

    url: Output[str]

    def __init__(self, name: str, path: str, text: Input[str], opts: ResourceOptions | None = None) -> None:
        super().__init__(_Pages(), name, {"path": path, "text": text, "url": None}, opts)
