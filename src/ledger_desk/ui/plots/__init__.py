"""Plots: numbers for people who would rather look than read; each can be turned into its table."""
