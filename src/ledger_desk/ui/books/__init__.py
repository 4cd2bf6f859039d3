"""Books 簿: one list of records with its views and deeds, and pages of a few such lists."""
