"""Finding firms by what is typed: exactly the same with the index in memory as without it.

`wanted` says what matches, `segment` and `index` find it quickly, `scanning` finds it by looking at
every firm while there is no index, `searcher` chooses between the two.
"""
