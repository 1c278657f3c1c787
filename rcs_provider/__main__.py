"""`python -m rcs_provider` is the command `rcs`."""

import sys

from .command.main import main

sys.exit(main())
