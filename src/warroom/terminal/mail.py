"""Opening a message in the user's mail program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping


def open_mail(url: str, env: Mapping[str, str]) -> str:
    """Open a mailto: link in the user's mail program; returns "", or the reason for the user if that is not possible.

    Only the desktop's own opener is used: a browser that runs in the terminal would draw over the console.
    """
    opener = _opener(env)
    if opener is None:
        return "there is no desktop here with a mail program"
    try:
        subprocess.Popen(
            [*opener, url],
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"the mail program could not be opened ({error.strerror})"
    return ""


def _opener(env: Mapping[str, str]) -> list[str] | None:
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["rundll32", "url.dll,FileProtocolHandler"]
    found = shutil.which("xdg-open", path=env.get("PATH"))
    return [found] if found and (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")) else None
