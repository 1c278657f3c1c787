"""What a process that serves the engine needs, whichever face it has: the call, the way to the user, its end.

This module loads nothing, as a program imports what tells of a cancellation.
"""
