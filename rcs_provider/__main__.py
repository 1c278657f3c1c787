"""`python -m rcs_provider` is the command `kaleyra-rcs`."""

import sys

from .cli.main import main

sys.exit(main())
