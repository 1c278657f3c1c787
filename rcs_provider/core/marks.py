"""The engine's marks in plain values: of what is not known yet, and of what is secret.

They are part of its protocol: `sdk/go/common/resource/plugin/rpc.go` of pulumi/pulumi. State files, and what
`pulumi preview --json` prints, have the same ones.
"""

from __future__ import annotations

from typing import Final

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNKNOWNS: Final = {
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a flag
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
    UNKNOWN_TEXT,
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # a list
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # an object
}
"""Each stands for a value that is not known before the deployment runs, and tells its type."""
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key of an object that is more than an object; its value tells what."""
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - tells that a value is one
HIDDEN: Final = "[secret]"
"""What the engine prints in place of a secret value."""
