"""Sheets over the window: questions, errors."""
