"""What to have ready before the next incident: the screen that shows and keeps it, and the first start."""
