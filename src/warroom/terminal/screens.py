"""What every screen of the console starts from."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen, ScreenResultType

from warroom.terminal.capabilities import available


class CellScreen(Screen[ScreenResultType]):
    """A Screen that draws and sends only the cells that changed.

    It takes the place of Screen: `CellScreen[str]`, or `CellScreen[str], ModalScreen[str]`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if available("cells"):
            from warroom.terminal.compositor import CellCompositor

            self._compositor = CellCompositor()
