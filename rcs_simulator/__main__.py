"""`python -m rcs_simulator`: the simulator as a command."""

import sys

from rcs_simulator.server.cli import main

if __name__ == "__main__":
    sys.exit(main())
