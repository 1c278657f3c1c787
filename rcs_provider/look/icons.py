"""The drawings of the page, as addresses that hold their own content.

A style lays each of them over a ground of the text's colour. As elements of the page they would double the time that
a browser takes to open one of hundreds of agents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINES: Final = 'fill="none" stroke="#000" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
_DRAWN: Final[Mapping[str, str]] = {
    "back": '<path d="M20 12H5M11 5.5 4.5 12l6.5 6.5"/>',
    "more": '<path d="M12 5v.01M12 12v.01M12 19v.01" stroke-width="3"/>',
    "plus": '<circle cx="12" cy="12" r="8.6"/><path d="M12 8.2v7.6M8.2 12h7.6"/>',
    "send": '<path d="M4.5 5.2 20 12 4.5 18.8l1.9-6.8zM6.4 12H13"/>',
    "call": '<path d="M8.6 4.2 6.2 4.7C4.9 5 4.2 6.2 4.5 7.5c1.3 5.9 6.1 10.7 12 12 1.3.3 2.5-.4 2.8-1.7l.5-2.4'
    '-3.9-1.9-1.9 2c-2.3-1.1-4.4-3.2-5.5-5.5l2-1.9z"/>',
    "web": '<circle cx="12" cy="12" r="8.4"/>'
    '<path d="M3.8 12h16.4M12 3.6c5 5.3 5 11.5 0 16.8M12 3.6c-5 5.3-5 11.5 0 16.8"/>',
    "mail": '<rect x="3.4" y="5.4" width="17.2" height="13.2" rx="2.2"/><path d="m4 7 8 6.2L20 7"/>',
    "shield": '<path d="M12 3.5 5 6.2v5.3c0 4.3 2.8 7.5 7 9 4.2-1.5 7-4.7 7-9V6.2zM9 12l2.2 2.2L15.2 10"/>',
    "page": '<path d="M6.2 3.6h8l3.8 3.8v13H6.2zM9.2 10.6h5.8M9.2 14h5.8M9.2 17.2h3.4"/>',
    "picture": '<rect x="3.6" y="4.6" width="16.8" height="14.8" rx="2.4"/><circle cx="8.8" cy="9.6" r="1.5"/>'
    '<path d="m4.4 17.2 4.8-4.4 3 2.6 3.4-3.6 4.2 4.2"/>',
    "bars": '<path d="M5 19v-3M9.6 19v-6.4M14.2 19V9.4M18.8 19V5.6" stroke-width="3"/>',
    "battery": '<rect x="2.6" y="7.4" width="16.8" height="9.2" rx="2.6"/>'
    '<path d="M5.6 10.4h8.2v3.2H5.6z" fill="#000"/><path d="M22 10.8v2.4" stroke-width="2.2"/>',
}
"""What each is drawn of, on a ground of 24 by 24."""
_VERIFIED: Final = (
    '<path d="M12 2.6 21.4 12 12 21.4 2.6 12z" fill="#1a66d6" stroke="#1a66d6"/>'
    '<path d="m8.3 12.2 2.6 2.6 4.8-5.2" stroke="#fff" stroke-width="2"/>'
)


def _address(drawn: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {_LINES}>{drawn}</svg>'
    return f"data:image/svg+xml,{quote(svg, safe='')}"


ICONS: Final = {name: _address(drawn) for name, drawn in _DRAWN.items()}
"""The drawings by their names."""
VERIFIED: Final = _address(_VERIFIED)
"""The mark of verification, which has colours of its own."""
