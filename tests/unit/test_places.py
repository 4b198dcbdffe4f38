from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from warroom import places

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="on other systems platformdirs is asked itself")
XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def test_the_file_asked_for_wins_over_the_environment_and_that_over_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, fresh_home: Path
) -> None:
    assert places.database() == fresh_home / "data" / "warroom" / "warroom.db"
    monkeypatch.setenv("WARROOM_DB", "/var/tmp/from-environment.db")
    assert places.database() == Path("/var/tmp/from-environment.db")
    assert places.database("asked.db") == Path("asked.db")
    assert places.database("~/asked.db") == fresh_home / "asked.db"
    assert places.database("~no-such-user-here") == Path("~no-such-user-here")


@LINUX
@pytest.mark.parametrize("value", [None, "", "/elsewhere", "relative/folder"])
@pytest.mark.parametrize("home", ["/home/ada", "", "not/absolute", None])
def test_linux_answers_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, value: str | None, home: str | None
) -> None:
    for variable, setting in [*((name, value) for name in XDG), ("HOME", home)]:
        if setting is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, setting)
    dirs = platformdirs.PlatformDirs("warroom", appauthor=False)

    assert places.database() == dirs.user_data_path / "warroom.db"
    assert places.config_folder() == dirs.user_config_path


def test_asking_for_the_database_imports_nothing_slow() -> None:
    asked = "import sys; from warroom import places; places.database(); print('platformdirs' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=_importable())
    assert told.stdout.strip() == ("False" if sys.platform == "linux" else "True")


def test_a_checkout_uses_its_own_templates() -> None:
    folder = places.templates()
    assert folder.is_dir()
    assert folder.name == "templates"


def test_templates_inside_the_package_win_and_none_at_all_is_said(tmp_path: Path) -> None:
    """What a wheel, a checkout and a broken installation hold, seen by a copy of the module in each."""
    package = tmp_path / "lib" / "src" / "warroom"
    package.mkdir(parents=True)
    shutil.copy(places.__file__, package / "places.py")
    ask = (
        "import places\n"
        "try:\n    print(places.templates())\n"
        "except places.PlaceError as error:\n    print('refused:', error)"
    )

    def answer() -> str:
        return subprocess.run(
            [sys.executable, "-B", "-c", ask], cwd=package, capture_output=True, text=True, check=True
        ).stdout.strip()

    (tmp_path / "lib" / "templates").mkdir()
    assert answer().startswith("refused: The templates that come with warroom are missing")
    (tmp_path / "lib" / "pyproject.toml").touch()
    assert answer() == str(tmp_path / "lib" / "templates")
    (package / "templates").mkdir()
    assert answer() == str(package / "templates")


def test_copies_go_to_a_private_folder_in_the_state_folder(fresh_home: Path) -> None:
    folder = places.outbox()
    assert folder == fresh_home / "state" / "warroom" / "outbox"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_was_open_to_others_is_closed(fresh_home: Path) -> None:
    folder = places.outbox()
    folder.chmod(0o755)
    assert stat.S_IMODE(places.outbox().stat().st_mode) == 0o700


def test_where_one_folder_cannot_be_made_the_next_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert places.outbox() == Path(os.environ["XDG_CACHE_HOME"]) / "warroom" / "outbox"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert places.outbox() == tmp_path / "run" / "warroom" / "outbox"

    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    last = places.outbox()
    assert last.parent == tmp_path
    assert last.is_dir()


def test_a_link_set_up_by_someone_else_is_not_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "theirs").mkdir()
    for variable in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"warroom-{os.getuid()}").symlink_to(tmp_path / "theirs")
    assert places.outbox() == tmp_path / "file" / "warroom" / "outbox", "the first choice, whose failure is then told"


@LINUX
def test_a_user_without_a_home_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody(_uid: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(places.PlaceError, match="set HOME"):
        places.database()
    assert places.database("here.db") == Path("here.db")


def _importable() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(places.__file__).parents[1])}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions are those of Unix")
@pytest.mark.parametrize("umask", [0o000, 0o277])
def test_every_folder_made_is_its_users_alone_whatever_the_umask(fresh_home: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        outbox = places.outbox()
    finally:
        os.umask(before)
    for folder in (outbox, outbox.parent, outbox.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert outbox == fresh_home / "state" / "warroom" / "outbox"


def test_the_machine_s_zone_is_named_only_where_it_has_a_name() -> None:
    assert places.machine_zone({"TZ": ":Europe/Berlin"}) == "Europe/Berlin"
    assert places.machine_zone({"TZ": "/usr/share/zoneinfo/America/New_York"}) == "America/New_York"
    assert places.machine_zone({"TZ": "UTC"}) == "UTC"
    assert places.machine_zone({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}) == ""


def test_a_zone_that_the_machine_does_not_know_is_found(tmp_path: Path) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"TZif2")
    (tmp_path / "zone.tab").write_text("a table, and no zone")
    known = ("", ":", "UTC", "Europe/Berlin", ":Europe/Berlin", str(tmp_path / "Europe" / "Berlin"))
    rules = ("CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT", "<+03>-3", "UTC0", "GMT-1")
    for zone in (*known, *rules):
        assert places.unknown_zone({"TZ": zone, "TZDIR": str(tmp_path)}) == ""
    for zone in ("Mars/Base", "PDT", "BST", "zone.tab", "Europe", "Europe/Berlin ", "UTC+", "x" * 5000):
        assert places.unknown_zone({"TZ": zone, "TZDIR": str(tmp_path)}) == zone
    assert places.unknown_zone({}) == ""
