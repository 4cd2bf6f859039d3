"""Puts fonts, icons, dictionaries and forms inside a real wheel, and leaves a checkout alone."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {"resources": "ledger_desk/_resources", "forms": "ledger_desk/_forms"}


class ShippedFolders(BuildHookInterface):
    """Hatch calls `initialize` before it builds; ``version`` is ``standard`` or ``editable``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map the two folders into the package, but not for an editable install."""
        if version == "standard":
            build_data["force_include"].update(SHIPPED)
