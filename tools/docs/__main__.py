# ruff: noqa: INP001 - a script beside shell scripts, not a package
"""Writes the pages of docs/reference that are made from the code: `python tools/docs`."""

from reference.pages import FOLDER, write

if __name__ == "__main__":
    write(FOLDER)
