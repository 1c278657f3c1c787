"""Api: the calls that the vendor's pages document, and the switches for what those pages leave open."""
