"""Looking at the addresses that agents declare: fetching them, reading pictures, and what is wrong with them."""
