"""Keying in one paper after another: what the forms and pages of this kind share."""
