"""Choosing many firms at once, for lists that take them in."""
