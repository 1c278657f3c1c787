"""Stack files as texts, what is found in them, and the real CLI in a folder that holds one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from rcs_program import environment

from rcs_provider.cli.stack_file import parse
from rcs_provider.cli.validate_checks import findings

if TYPE_CHECKING:
    from pathlib import Path

AGENT = """\
      agent_type: "1"
      display_name: Support
      logo_url: https://www.example.com/logo.png
      hero_url: https://www.example.com/hero.png
      service_code: SUPPORT
      description: Answers to questions
      emails:
        - {label_text: Write, is_primary: true, email: support@example.com}
      privacy: {label_text: Privacy, website: https://www.example.com/privacy}
      terms_conditions: {label_text: Terms, website: https://www.example.com/terms}
      color: "#0B5CAD"
      billing_category: CONVERSATIONAL
      agent_use_case: TRANSACTIONAL
      hosting_region: ASIA_PACIFIC
      website: []
      brand_details: {brand_no: "10001"}
"""
HEAD = "config:\n  rcs:agents:\n    support:\n"
GOOD = HEAD + AGENT


def told(text: str) -> list[str]:
    """The findings of a file's text, a line each."""
    return [str(each) for each in findings(parse(text))]


def pulumi(folder: Path, *arguments: str, code: int = 0) -> str:
    """Runs the real CLI in a folder that holds its backend."""
    env = {
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": f"file://{folder}/state",
        "PULUMI_CONFIG_PASSPHRASE": "public",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "KALEYRA_SID": "SID",
    }
    done = subprocess.run(
        ["pulumi", *arguments, "--non-interactive"],
        cwd=folder,
        env=environment(env),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode != 0) is (code != 0), done.stdout + done.stderr
    return done.stdout
