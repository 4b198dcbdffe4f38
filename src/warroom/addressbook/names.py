"""A name as other programs have it: “Lee, Marcus” is Marcus Lee."""

from __future__ import annotations

from warroom.text.cleaning import clean_line

_BEHIND = {
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "ag",
    "sa",
    "plc",
    "co",
    "jr",
    "sr",
    "ii",
    "iii",
    "phd",
    "md",
    "esq",
    "mba",
    "msc",
}
"""What may follow a name after a comma, and is no given name."""


def full_name(text: str) -> str:
    """A name without a comma, given name first."""
    name = " ".join(clean_line(text).replace("⏎", " ").split())
    if "," not in name:
        return name
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and parts[1].casefold().replace(".", "").replace(" ", "") not in _BEHIND:
        return f"{parts[1]} {parts[0]}"
    return " ".join(parts)
