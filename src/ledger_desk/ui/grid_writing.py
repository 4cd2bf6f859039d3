"""What a grid asks of whoever writes its cells: editors, paste, clear, fill. Without one it only shows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget


class CellEditor(Protocol):
    """An editor laid over one cell.

    Attributes:
        widget: What is shown.
        initial: Its text before anything was typed.
    """

    widget: QWidget
    initial: str

    def text(self) -> str:
        """What stands in it, as text that can be read back."""
        ...

    def to_end(self) -> None:
        """Put the caret behind the text, nothing selected (F2)."""
        ...

    def is_tall(self) -> bool:
        """Whether it takes several lines."""
        ...

    def is_choosing(self) -> bool:
        """Whether a list is open below it, which takes the keys first."""
        ...


class CellWriter(Protocol):
    """Writes into cells; made by a page, handed to `Grid.set_writer`."""

    def paste(self) -> None:
        """Lay what the clipboard holds over the cells from the current one on."""
        ...

    def clear(self) -> None:
        """Empty the selected cells."""
        ...

    def cut(self) -> None:
        """Copy the selected cells, then empty them."""
        ...

    def fill_down(self) -> None:
        """Give all selected cells what stands in the topmost."""
        ...

    def fill_right(self) -> None:
        """Give all selected cells what stands in the leftmost."""
        ...

    def copy_above(self) -> None:
        """Give the current cell what stands above it."""
        ...

    def today(self) -> None:
        """Write today's date into the selected cells."""
        ...

    def repeat(self) -> None:
        """Do once more what was done last, to what is selected now."""
        ...

    def why_not(self, key: str) -> str:
        """Why a column cannot be changed."""
        ...

    def editor(self, parent: QWidget, record: str, key: str) -> CellEditor:
        """Make the editor of a cell."""
        ...

    def weigh(self, record: str, key: str, text: str, *, everywhere: bool) -> str:
        """Say why a text cannot be kept; '' for one that can, which `keep` then keeps."""
        ...

    def keep(self, move: tuple[int, int]) -> None:
        """Keep what was weighed last, then go so many rows down and columns right."""
        ...
