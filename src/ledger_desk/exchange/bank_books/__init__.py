"""Workbooks for banks: one for each bank out, the returned ones in (`decisions.md` 28)."""
