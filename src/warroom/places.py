"""Where things live: the journal, a company's own settings, the shipped templates, the copies of copied messages.

On Linux the answers are computed here: they are platformdirs' own (a test holds this), without its import time.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Literal

_APP = "warroom"
_Kind = Literal["data", "config", "state", "cache"]
_XDG: dict[_Kind, tuple[str, str]] = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


class PlaceError(Exception):
    """A folder the program needs cannot be told or found; its str() says what to do about it."""


def database(explicit: str | None = None) -> Path:
    """Find the file that holds the incidents: what was asked for, else `$WARROOM_DB`, else the user's data folder.

    Raises PlaceError when nothing is given and the user has no home folder.
    """
    named = explicit or os.environ.get("WARROOM_DB")
    if named:
        # Path.expanduser would raise for a file whose name merely begins with a tilde.
        return Path(os.path.expanduser(named))  # noqa: PTH111
    return _folder("data") / "warroom.db"


def config_folder() -> Path:
    """Find the folder where a company keeps its own playbook, wording and templates; it need not exist.

    Raises PlaceError when the user has no home folder.
    """
    return _folder("config")


def templates() -> Path:
    """Find the shipped playbook and templates: inside the installed package, or beside a checkout's pyproject.toml.

    Raises PlaceError when neither is there.
    """
    package = Path(__file__).resolve().parent
    packaged = package / "templates"
    if packaged.is_dir():
        return packaged
    checkout = package.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout / "templates"
    raise PlaceError(
        f"The templates that come with warroom are missing (looked in {packaged} and {checkout / 'templates'}); "
        "install warroom again."
    )


def outbox() -> Path:
    """Give the folder (made here, mode 0700) where every copied message is kept as a file.

    The first of these that can be made and written: the user's state folder, cache folder, run-time folder, a private
    folder under the temporary one. When none can, the first is returned: who writes there reports why it failed.
    """
    wanted = _outboxes()
    return next((folder for folder in wanted if _make_private(folder)), wanted[0])


def _outboxes() -> list[Path]:
    import tempfile

    folders: list[Path] = []
    kinds: tuple[_Kind, ...] = ("state", "cache")
    for kind in kinds:
        try:
            folders.append(_folder(kind) / "outbox")
        except PlaceError:
            continue
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_absolute():
        folders.append(Path(runtime) / _APP / "outbox")
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    return [*folders, Path(tempfile.gettempdir()) / f"{_APP}-{user}"]


def _make_private(folder: Path) -> bool:
    """Make a folder that only this user can read; False when it cannot be, or is someone else's."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            return False
        if hasattr(os, "getuid"):
            if found.st_uid != os.getuid():
                return False
            if stat.S_IMODE(found.st_mode) != 0o700:
                folder.chmod(0o700)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _folder(kind: _Kind) -> Path:
    if sys.platform == "linux":
        variable, below_home = _XDG[kind]
        named = os.environ.get(variable, "")
        return (Path(named) if named.startswith("/") else _home() / below_home) / _APP
    import platformdirs

    try:
        dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
        return {
            "data": dirs.user_data_path,
            "config": dirs.user_config_path,
            "state": dirs.user_state_path,
            "cache": dirs.user_cache_path,
        }[kind]
    except RuntimeError as error:
        raise PlaceError(_NO_HOME) from error


_NO_HOME = "This user has no home folder; set HOME, or name the file to use with --db FILE."


def _home() -> Path:
    home = os.environ.get("HOME", "")
    if home.startswith("/"):
        return Path(home)
    import pwd

    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        home = ""
    if not home.startswith("/"):
        raise PlaceError(_NO_HOME)
    return Path(home)
