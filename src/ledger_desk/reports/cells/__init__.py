"""Cells that depend on other cells: formulas, kept sums, and the form's own checks."""
