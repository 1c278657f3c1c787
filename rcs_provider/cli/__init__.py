"""The command `rcs`: looks at an account and at stack files, and changes nothing.

The only part of the package that imports click and rich.
"""
