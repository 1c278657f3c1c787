"""The version, in its one place, and where a release is published."""

__version__ = "0.1.0"

REPOSITORY = ""
"""Address of the project's sources, such as `https://host/owner/name`; empty while it has no public one."""
PLUGIN_DOWNLOAD_URL = ""
"""Where the engine fetches the plugin's archives, such as `github://api.github.com/owner`; empty while nowhere."""
