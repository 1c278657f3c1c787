"""The reference pages: pure functions from the tables of the code to Markdown."""
