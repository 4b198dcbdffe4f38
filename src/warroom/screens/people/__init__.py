"""The screen of people: who is who, who owns what, who is told together, and who is on call."""
