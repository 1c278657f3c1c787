"""Pictures as parts of a page, so that whoever opens it asks no host for them."""

from __future__ import annotations

import base64
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from .answer import PictureError
from .fetch import MOST_BYTES
from .read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .answer import Answer
    from .fetch import Fetcher


def embedded(
    addresses: Iterable[str], fetcher: Fetcher | None, folder: Path | None
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The pictures of addresses as data URIs, and the addresses that have none, each with a clause that says why.

    Args:
        addresses: of pictures, in any order; one may be there twice.
        fetcher: fetches what the folder does not hold; None fetches nothing.
        folder: holds files named like the last part of an address's path, which are taken first; None holds none.
    """
    listed = list(dict.fromkeys(addresses))
    found, reasons = _of_folder(listed, folder)
    if fetcher is not None:
        left = [each for each in listed if each not in found and each not in reasons]
        for address, answer in fetcher.get_all(dict.fromkeys(left, MOST_BYTES)).items():
            try:
                found[address] = _uri(_content(answer), _type(answer))
            except PictureError as error:
                reasons[address] = error.message
    elif folder is not None:
        reasons |= {each: f"there is no {_name(each)} in {folder}" for each in listed if each not in found | reasons}
    return found, [(each, reasons[each]) for each in listed if each in reasons]


def _of_folder(addresses: Sequence[str], folder: Path | None) -> tuple[dict[str, str], dict[str, str]]:
    """The pictures that a folder holds, and what is wrong with its other files of these names."""
    found: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for each in addresses if folder is not None else ():
        file = Path(folder or "") / _name(each)
        try:
            if file.is_file():
                found[each] = _uri(_bytes(file), "")
        except PictureError as error:
            reasons[each] = f"{file} {error.message}"
    return found, reasons


def _name(address: str) -> str:
    """The last part of an address's path; an address without one has the name of no file."""
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).name.replace("\0", "") or "."
    except ValueError:
        return "."


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PictureError(f"is larger than {MOST_BYTES / 1e6:g} MB")
        return file.read_bytes()
    except OSError as error:
        raise PictureError(f"cannot be read: {error.strerror}") from error


def _content(answer: Answer | PictureError) -> bytes:
    if isinstance(answer, PictureError):
        raise answer
    if not answer.is_success:
        raise PictureError(f"answers HTTP {answer.status}")
    return answer.content


def _type(answer: Answer | PictureError) -> str:
    return "" if isinstance(answer, PictureError) else answer.content_type


def _uri(content: bytes, content_type: str) -> str:
    picture = read(content, content_type)
    return f"data:{picture.media_type};base64,{base64.b64encode(content).decode('ascii')}"
