"""A web page as a PDF, printed by a browser of the Chromium family that is installed on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from warroom.text.cleaning import clean

FORM = "pdf"
LIMIT_S = 30.0
"""How long a browser may take."""
_POLL_S = 0.05
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_OTHERWISE = "write it with --format html and print that page instead"

_OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # it finds no other machine, whatever a company's template refers to
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",  # the same for older versions
    "--generate-pdf-document-outline",
)


class NotPrinted(Exception):
    """There is no PDF; the text says why, and what to do instead."""


def browser(env: Mapping[str, str] = os.environ) -> str | None:
    """The browser to print with: `$WARROOM_BROWSER` if it is set, else the first one installed, else None."""
    if named := env.get("WARROOM_BROWSER", ""):
        return shutil.which(os.path.expanduser(named), path=env.get("PATH", ""))  # noqa: PTH111 - never raises
    found = (shutil.which(name, path=env.get("PATH", "")) for name in _NAMES)
    return next(filter(None, found), None) or (_mac_browser(env) if sys.platform == "darwin" else None)


def _mac_browser(env: Mapping[str, str]) -> str | None:
    for root in ("/Applications", f"{env.get('HOME', '')}/Applications"):
        for name in _MAC:
            program = f"{root}/{name}.app/Contents/MacOS/{name}"
            if os.access(program, os.X_OK):
                return program
    return None


def printed(
    page: Iterable[str],
    env: Mapping[str, str] = os.environ,
    *,
    stopped: Callable[[], bool] = lambda: False,
    limit_s: float = LIMIT_S,
) -> bytes:
    """Print a web page, given in pieces; `stopped` is asked now and then whether to give up.

    The browser gets a folder of its own, which is deleted afterwards, and no network. Raises NotPrinted, and whatever
    reading the pieces raises.
    """
    program = browser(env)
    if program is None:
        raise NotPrinted(_missing(env))
    snap = program.startswith("/snap/")
    try:
        with tempfile.TemporaryDirectory(
            prefix="warroom-", dir=_snap_folder(program, env) if snap else None, ignore_cleanup_errors=True
        ) as name:
            folder = Path(name)
            with (folder / "page.html").open("w", encoding="utf-8") as file:
                file.writelines(map(clean, page))
            # A snap finds its own files by HOME; any other browser would leave files there.
            home = {} if snap else {"HOME": name, "XDG_CONFIG_HOME": name, "XDG_CACHE_HOME": name, "TMPDIR": name}
            quiet = {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
            _run(program, folder, {**env, **home, **quiet}, stopped, limit_s)
            made = folder / "page.pdf"
            content = made.read_bytes() if made.exists() else b""
    except OSError as error:
        raise NotPrinted(f"{program} can't print it ({error.strerror or error}); {_OTHERWISE}") from None
    if not content.startswith(b"%PDF"):
        raise NotPrinted(f"{program} did not print it; {_OTHERWISE}")
    return content


def _missing(env: Mapping[str, str]) -> str:
    if named := env.get("WARROOM_BROWSER", ""):
        return f"WARROOM_BROWSER names {named}, and there is no such program; name a Chromium, or {_OTHERWISE}"
    return (
        f"a PDF needs Chromium, Chrome or Edge, and none is installed; install one, name one in WARROOM_BROWSER, or "
        f"{_OTHERWISE}"
    )


def _snap_folder(program: str, env: Mapping[str, str]) -> str | None:
    """The folder in which a snap can read and write; it does not see the temporary folder of others."""
    folder = Path(env.get("HOME", ""), "snap", Path(program).name, "common")
    return str(folder) if folder.is_dir() else None


def _run(program: str, folder: Path, env: dict[str, str], stopped: Callable[[], bool], limit_s: float) -> None:
    """Run the browser until it has printed the page. Raises NotPrinted, OSError."""
    options = [*_OPTIONS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'page.pdf'}"]
    if os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root, which is the usual user in a container. The page has no scripts
        # and loads nothing, so the sandbox would have little to hold.
        options.append("--no-sandbox")
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        [program, *options, (folder / "page.html").as_uri()],
        stdin=silent,
        stdout=silent,
        stderr=silent,
        cwd=folder,
        env=env,
        start_new_session=True,
    )
    until = time.monotonic() + limit_s
    try:
        while process.poll() is None:
            if stopped():
                raise NotPrinted("printing was stopped")
            if time.monotonic() >= until:
                raise NotPrinted(f"{program} took more than {limit_s:g} s and was stopped; {_OTHERWISE}")
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_S)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # also helpers that outlive it
        process.wait()
    if process.returncode != 0:
        raise NotPrinted(f"{program} can't print it (exit code {process.returncode}); {_OTHERWISE}")
