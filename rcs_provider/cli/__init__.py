"""The command `kaleyra-rcs`: looks at an account and at stack files, and changes nothing.

A module per subcommand, of its name: `agents` (with `agent`), `testers`, `brands`, `masters`, `export`, `doctor` and
`validate`; `main` puts them together. The only part of the package that imports click and rich.
"""
