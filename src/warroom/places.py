"""The paths that the program uses: the journal, a company's own files, the built-in templates, copied messages.

On Linux they are computed here, the same as by platformdirs (a test compares them), to save its import time.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
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
    """A folder that the program needs is unknown or missing; str() says what to do about it."""


def database(explicit: str | None = None) -> Path:
    """The path of the journal: `explicit`, else `$WARROOM_DB`, else in the user's data folder.

    Raises PlaceError if neither is given and the user has no home folder.
    """
    named = explicit or os.environ.get("WARROOM_DB")
    if named:
        # Path.expanduser would raise for a file whose name just begins with a tilde.
        return Path(os.path.expanduser(named))  # noqa: PTH111
    return _folder("data") / "warroom.db"


_DRILLS = "-drills"


def drills_of(journal: Path) -> Path:
    """The folder of the drills that are begun beside a journal, each in a file of its own; it may not exist.

    Of a journal that is a symbolic link, it is beside the true file, unless there is one beside the link.
    """
    folder = journal.with_name(f"{journal.stem}{_DRILLS}")
    if journal.is_symlink() and not os.path.lexists(folder):
        journal = Path(os.path.realpath(journal))
        return journal.with_name(f"{journal.stem}{_DRILLS}")
    return folder


def is_of_a_drill(journal: Path) -> bool:
    """Whether a file is where the drills of a journal are; it may still be anything."""
    return journal.absolute().parent.name.endswith(_DRILLS)


def config_folder() -> Path:
    """The folder for a company's own playbook, wording and templates; it may not exist.

    Raises PlaceError if the user has no home folder.
    """
    return _folder("config")


def templates() -> Path:
    """The folder of the built-in playbook and templates: in the installed package, or next to pyproject.toml.

    Raises PlaceError if there is neither.
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
    """The folder (created here, mode 0700) where every copied message is also saved as a file.

    The first of these that can be created and written: the user's state folder, cache folder, runtime folder, a private
    folder in the temporary folder. If none can, the first is returned, so that writing to it reports the reason.
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


def make_private_folder(folder: Path) -> None:
    """Create a folder and those above it that are missing, each for this user only, whatever the umask.

    Raises OSError.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
        return
    folder.chmod(0o700)  # whatever the umask took away


def _make_private(folder: Path) -> bool:
    """Create a folder that only this user can read; False if that fails, or if it belongs to someone else."""
    try:
        make_private_folder(folder)
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


def machine_zone(env: Mapping[str, str]) -> str:
    """The name of the machine's time zone, such as Europe/Berlin; "" if it is nowhere to be read."""
    name = env.get("TZ", "").lstrip(":")
    if not name:
        with suppress(OSError):
            name = str(Path("/etc/localtime").readlink())
    name = name.rpartition("zoneinfo/")[2]
    is_name = "/" in name and all(char.isalnum() or char in "/_+-" for char in name)
    return name if is_name or name == "UTC" else ""


_RULE = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)[+-]?\d{1,3}(?::\d\d){0,2}(?:\D.*)?"
"""A zone in TZ that brings its own rule, such as CET-1CEST,M3.5.0,M10.5.0/3."""
_ZONES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


def unknown_zone(env: Mapping[str, str]) -> str:
    """The zone that TZ names, if this machine does not know it; "" if it does.

    The C library then takes UTC, and calls it by the first letters of that name: `12:41 Mars`.
    """
    name = env.get("TZ", "").removeprefix(":")
    if not name or re.fullmatch(_RULE, name):
        return ""
    folders = (env["TZDIR"],) if env.get("TZDIR") else _ZONES
    with suppress(OSError, ValueError):
        if any(_is_zone(Path(folder) / name) for folder in folders):
            return ""
    return "" if name == "UTC" else name


def _is_zone(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"TZif"
