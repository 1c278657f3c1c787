# ruff: noqa: INP001 - a script beside shell scripts, not a package
"""Writes what is made from the code's tables: the pages of docs/reference. `python tools/docs`."""

from reference.pages import FOLDER, write

if __name__ == "__main__":
    write(FOLDER)
