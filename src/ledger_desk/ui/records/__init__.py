"""Editing records of any class: built from their field declarations alone."""
