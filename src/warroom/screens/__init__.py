"""The full screens of the console, one file each, with its .tcss file beside it."""
