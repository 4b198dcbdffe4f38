"""What to have ready before the next incident: the screen that shows and keeps it, and the first start."""

from __future__ import annotations

DRAFTS = "words:readiness"
"""The name under which answers are saved that were typed and not submitted."""
