"""Editing a text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from warroom.text.cleaning import clean


def edit_outside(app: App[object], text: str, env: Mapping[str, str]) -> tuple[str | None, str]:
    """Open the text in $VISUAL or $EDITOR; returns the edited text and "", or None and the reason for the user."""
    variable = "VISUAL" if env.get("VISUAL") else "EDITOR"
    try:
        command = shlex.split(env.get(variable, ""))
    except ValueError as error:
        return None, f"{variable} can't be used ({error}); the field is as it was"
    if not command:
        return None, "No editor is set; set $EDITOR to the one you use"
    descriptor, name = tempfile.mkstemp(suffix=".txt", prefix="warroom-")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        problem = ""
        with app.suspend():
            # An exception must not leave this block, because then the app would stay suspended.
            try:
                code = subprocess.run([*command, name], env=dict(env), check=False).returncode
                if code:
                    problem = f"The editor ended with an error ({code})"
            except (OSError, ValueError) as error:
                problem = f"The editor could not be opened ({error})"
        if problem:
            return None, f"{problem}; the field is as it was"
        return clean(path.read_text("utf-8", errors="replace").rstrip("\n")), ""
    except (OSError, SuspendNotSupported) as error:
        return None, f"The editor could not be opened ({error}); the field is as it was"
    finally:
        path.unlink(missing_ok=True)
