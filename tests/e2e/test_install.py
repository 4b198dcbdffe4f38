"""The package as a user gets it: built for real, installed beside nothing of the checkout, and run from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import venv
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.programs import needs

CHECKOUT = Path(__file__).parents[2]
SHIPPED = sorted(
    [path.relative_to(CHECKOUT) for path in (CHECKOUT / "templates").rglob("*") if path.is_file()]
    + [path.relative_to(CHECKOUT / "src" / "warroom") for path in (CHECKOUT / "src").rglob("*.tcss")]
)
"""What the program needs besides modules, as paths inside the package."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of the checkout, and the wheel made of that sdist alone."""
    folder = tmp_path_factory.mktemp("built")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=CHECKOUT)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = [path for path in folder.iterdir() if path.is_dir()]
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=unpacked)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `warroom` command of an environment that has the wheel, and of this one only what warroom depends on."""
    warroom = _environment_with(tmp_path_factory.mktemp("installed"), str(wheel))
    (package,) = warroom.parents[1].glob("lib/python3*/site-packages/warroom")
    for module in package.rglob("*.py"):
        _take_compiled(module, CHECKOUT / "src" / "warroom" / module.relative_to(package))
    return warroom


def _take_compiled(module: Path, same: Path) -> None:
    """Use what was compiled of the same module in the checkout, if it was: to compile all of them takes seconds."""
    compiled = Path(cache_from_source(str(same)))
    if compiled.exists() and module.read_bytes() == same.read_bytes():
        Path(cache_from_source(str(module))).parent.mkdir(exist_ok=True)
        shutil.copy(compiled, cache_from_source(str(module)))
        shutil.copystat(same, module)  # by its time Python knows what was compiled of it


def _environment_with(folder: Path, *what: str) -> Path:
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    # A plain path in a .pth file adds what lies there, but not what .pth files there point to: no editable install.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet"]
    _run(*pip, "--no-index", "--no-deps", "--no-build-isolation", "--no-compile", "--force-reinstall", *what)
    return folder / "bin" / "warroom"


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=_outside(), check=False, timeout=120)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def _outside() -> dict[str, str]:
    """The environment without the paths through which a test run finds the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_the_wheel_holds_every_template_and_style_as_they_are(wheel: Path) -> None:
    assert len(SHIPPED) > 10
    with zipfile.ZipFile(wheel) as archive:
        for path in SHIPPED:
            source = CHECKOUT / path if path.parts[0] == "templates" else CHECKOUT / "src" / "warroom" / path
            assert archive.read(f"warroom/{path.as_posix()}") == source.read_bytes()
        elsewhere = [name for name in archive.namelist() if not name.startswith(("warroom/", "warroom-"))]
        assert not elsewhere, "nothing but the package may land in site-packages"
        assert "LICENSE" in {Path(name).name for name in archive.namelist()}


def test_the_sdist_holds_sources_templates_and_tests(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "pyproject.toml", "templates/playbook.toml", "tests/conftest.py"} <= held


def test_every_dependency_is_bounded_above(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        required = [
            line.partition(":")[2].strip()
            for line in archive.read(name).decode().splitlines()
            if line.startswith("Requires-Dist:") and "extra ==" not in line
        ]
    assert len(required) >= 7
    assert [one for one in required if "<" not in one] == []


def test_an_installed_warroom_runs_an_incident(installed: Path, tmp_path: Path) -> None:
    warroom = [str(installed), "--db", str(tmp_path / "warroom.db")]
    reference = _run(*warroom, "declare", "Checkout errors", "--affected", "many", cwd=tmp_path)
    assert "SEV2  Checkout errors" in _run(*warroom, "status", cwd=tmp_path)
    fields = ["--set", "impact=payment fails at the last step", "--set", "affected=about 20 %"]
    assert _run(*warroom, "message", "initial", *fields, cwd=tmp_path).startswith("[SEV2] Incident: Checkout errors\n")
    assert reference in _run(*warroom, "export", "log", cwd=tmp_path)
    python = installed.with_name("python")
    where = _run(str(python), "-c", "import warroom; print(warroom.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed.parents[1]), "or all of this was shown of the checkout"


@needs("tmux")
def test_an_installed_warroom_opens_its_console(installed: Path, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="warroom-tmux-") as folder:  # a socket's path must be short
        tmux = ["tmux", "-S", f"{folder}/socket", "-f", "/dev/null"]
        _run(*tmux, "new-session", "-d", "-x", "80", "-y", "24", str(installed), "--db", str(tmp_path / "warroom.db"))
        try:
            _until_shown(tmux, "Is something broken right now?")
            _run(*tmux, "send-keys", "n")
            _until_shown(tmux, "What is broken")
        finally:
            subprocess.run([*tmux, "kill-server"], capture_output=True, check=False)


def _until_shown(tmux: list[str], words: str) -> None:
    deadline = time.monotonic() + 30
    while words not in (shown := _run(*tmux, "capture-pane", "-p")):
        assert time.monotonic() < deadline, f"{words!r} never appeared:\n{shown}"
        time.sleep(0.05)


def test_an_editable_install_uses_the_checkouts_own_templates(tmp_path: Path) -> None:
    warroom = _environment_with(tmp_path / "environment", "--editable", str(CHECKOUT))
    assert "OK" in _run(str(warroom), "templates", "check", cwd=tmp_path)
    asked = "from warroom import places; print(places.templates())"
    assert _run(str(warroom.with_name("python")), "-c", asked, cwd=tmp_path) == str(CHECKOUT / "templates")
    (packages,) = (tmp_path / "environment").glob("lib/python3*/site-packages")
    assert not (packages / "warroom").exists(), "a frozen copy of anything would be a trap"
