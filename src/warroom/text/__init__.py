"""Text as a terminal shows it: how wide it is, and what makes text from outside safe to show."""
