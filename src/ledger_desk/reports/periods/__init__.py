"""Periods of a form: closing (结账), opening again, what moved since, codes on paper, who handed in."""
