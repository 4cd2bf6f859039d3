"""What the program remembers between two starts; nothing here is needed to read a ledger."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from ledger_desk import files, paths
from ledger_desk.errors import UserError

_MOST_RECENT = 8
FACTORS = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Settings:
    """Settings of one person on one machine.

    Attributes:
        last_ledger: File that opens at the next start; empty for none.
        recent: Ledgers opened lately, newest first.
        factor: Text size, one of `FACTORS`.
        contrast: High contrast.
        window: Place of the window as Qt saves it, in hexadecimal.
        folders: Last folder used, by action (``import``, ``report`` …).
        export: Last answers about a list that went out (columns, receiver, purpose …).
        printing: Last answers about files of firms that were printed.
        enter_right: Enter goes right after a cell was typed, not down.
        lists: What each list looked like last, by its key: columns, widths, order, frozen columns.
        unknown: Keys that a newer program wrote: kept as they are.
    """

    last_ledger: str = ""
    recent: tuple[str, ...] = ()
    factor: float = 1.0
    contrast: bool = False
    window: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    export: Mapping[str, str] = field(default_factory=dict)
    printing: Mapping[str, str] = field(default_factory=dict)
    enter_right: bool = False
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the settings; a missing or spoilt file, or a spoilt value, gives what is usual."""
        try:
            data = json.loads((path or _place()).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(data, dict):
            return cls()
        return cls(
            last_ledger=_text(data.get("last_ledger")),
            recent=tuple(_text(item) for item in _list(data.get("recent")) if item)[:_MOST_RECENT],
            factor=next((f for f in FACTORS if f == data.get("factor")), 1.0),
            contrast=data.get("contrast") is True,
            window=_text(data.get("window")),
            folders=_texts(data.get("folders")),
            export=_texts(data.get("export")),
            printing=_texts(data.get("printing")),
            enter_right=data.get("enter_right") is True,
            lists=_objects(data.get("lists")),
            unknown={k: v for k, v in data.items() if k not in _KNOWN},
        )

    def save(self, path: Path | None = None) -> None:
        """Write the settings; a disk that does not take them is no reason to stop working."""
        data = {**self.unknown, **{name: getattr(self, name) for name in _KNOWN}}
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        with contextlib.suppress(UserError, OSError):
            files.atomic_write(path or _place(), text.encode())

    def opened(self, ledger: Path) -> Self:
        """Remember that a ledger was opened."""
        name = str(Path(ledger).absolute())
        others = tuple(item for item in self.recent if item != name)
        return replace(self, last_ledger=name, recent=(name, *others)[:_MOST_RECENT])

    def used(self, action: str, folder: Path) -> Self:
        """Remember the folder last used for an action."""
        return replace(self, folders={**self.folders, action: str(folder)})

    def folder_of(self, action: str) -> Path | None:
        """Folder last used for an action, None if there was none or it is gone."""
        folder = Path(self.folders.get(action, ""))
        return folder if action in self.folders and folder.is_dir() else None


_KNOWN = tuple(item.name for item in fields(Settings) if item.name != "unknown")


def _place() -> Path:
    return paths.state_dir() / "settings.json"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


def _objects(value: Any) -> dict[str, Mapping[str, Any]]:
    if not isinstance(value, dict):
        return {}
    return {key: item for key, item in value.items() if isinstance(item, dict)}
