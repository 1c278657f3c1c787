"""The sample pictures are those that their script draws today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "rcs_simulator" / "samples"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, ROOT / "tools" / "local" / "sample_pictures.py", folder], check=True, timeout=60)
    return folder


def test_there_is_a_logo_and_a_banner_for_each_agent_of_the_local_stack(drawn: Path) -> None:
    agents = yaml.safe_load((ROOT / "stacks" / "Pulumi.local.yaml").read_text())["config"]["rcs:agents"]
    named = {each[field].rpartition("/")[2] for each in agents.values() for field in ("logo_url", "hero_url")}
    assert {each.name for each in drawn.iterdir()} == {each.name for each in KEPT.glob("*.png")} == named


@pytest.mark.parametrize("name", sorted(each.name for each in KEPT.glob("*.png")))
def test_a_kept_picture_looks_as_it_is_drawn_today(name: str, drawn: Path) -> None:
    with Image.open(drawn / name) as new, Image.open(KEPT / name) as old:
        assert new.size == old.size
        difference = ImageChops.difference(new.convert("RGB"), old.convert("RGB"))
    # Another release of Pillow may round otherwise; bytes are not compared.
    assert max(high for _, high in difference.getextrema()) < 32


def test_each_picture_has_its_agents_colour_as_its_ground(drawn: Path) -> None:
    agents = yaml.safe_load((ROOT / "stacks" / "Pulumi.local.yaml").read_text())["config"]["rcs:agents"]
    for each in agents.values():
        for field in ("logo_url", "hero_url"):
            with Image.open(drawn / each[field].rpartition("/")[2]) as found:
                colours = found.convert("RGB").getcolors(found.width * found.height) or []
            most = max(colours)[1]
            wanted = tuple(int(each["color"][place : place + 2], 16) for place in (1, 3, 5))
            assert max(abs(a - b) for a, b in zip(most, wanted, strict=True)) < 4
