"""A terminal console for the person who has to talk to everyone while production is down."""

__version__ = "0.1.0"
