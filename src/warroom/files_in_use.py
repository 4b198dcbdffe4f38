"""The company's own files as they are in use: read when they are first used, and again once they are changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from warroom import places
from warroom.own_files import OwnFiles, Problem

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.model.scenario import Scenario
    from warroom.wording import Rules


class FilesInUse:
    """The part of a workspace that has what the company may replace: rules, kinds of message, scenarios.

    A mistake in one of the files never raises: a replacement is used, and `problems` has the mistake.
    """

    def __init__(self, config: Path | None, on_problem: Callable[[Problem], None]) -> None:
        """`config` is the company's folder, None for the user's; `on_problem` is called once for each problem."""
        self._config, self._on_problem = config, on_problem
        self._stamp: tuple[object, ...] = ()

    @cached_property
    def config(self) -> Path | None:
        """The folder for the company's own files, which may not exist; None for a user without a home."""
        if self._config is not None:
            return self._config
        try:
            return places.config_folder()
        except places.PlaceError:
            return None

    @cached_property
    def _files(self) -> OwnFiles:
        files = OwnFiles(self.config, on_problem=self._on_problem)
        self._stamp = files.stamp()  # before reading, so that changes while reading are noticed
        return files

    @property
    def rules(self) -> Rules:
        """The wording rules: the company's own if they are valid, else the built-in ones."""
        return self._files.rules

    def current_rules(self) -> Rules:
        """The wording rules for whoever may not need them: they are read when this is called."""
        return self.rules

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of message by id, including the company's own, in the order they are offered."""
        return self._files.kinds

    @property
    def kind_problems(self) -> dict[str, Problem]:
        """The problem of each company template that is not used, by the id of its kind of message."""
        return self._files.kind_problems

    @property
    def broken_kinds(self) -> dict[str, Problem]:
        """The company's kinds of message that can't be offered, by id, because there is no built-in kind instead."""
        return self._files.broken_kinds

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """The scenarios to practise on by id, including the company's own, in the order they are offered."""
        return self._files.scenarios

    @property
    def scenario_problems(self) -> dict[str, Problem]:
        """The problem of each company scenario that is not used, by its id."""
        return self._files.scenario_problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in the company's own files; the first use checks all files, which may be slow."""
        return self._files.problems()

    @property
    def own_files(self) -> list[Path]:
        """The company's own files that exist."""
        return self._files.files()

    def refresh(self) -> bool:
        """Check whether the company's files were changed, added or removed; if so, read them again when they are used.

        Cheap if nothing has changed. If a file has a mistake now, its previous valid version stays in use; if there is
        none, or the file is gone, the built-in file is used.
        """
        files = self._files
        stamp = files.stamp()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self._files = OwnFiles(self.config, before=files, on_problem=self._on_problem)
        return True
