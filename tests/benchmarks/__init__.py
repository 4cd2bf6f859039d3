"""Ratios against bare floors, both sides measured in the same run (`decisions.md` 34).

``python -m tests.benchmarks`` prints a table; nothing here is asserted in the ordinary tests. Each
side runs in a process of its own, so that memory and imports of one do not help the other.
"""
