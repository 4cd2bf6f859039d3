"""Choosing many firms at once, for lists that take them in; the firms behind a number."""
