"""Finding firms by what is typed: exactly the same with the index in memory as without it.

`wanted` says what matches. The `index` holds segments of firms, the latest touched first; a `segment`
knows in which of its firms each gram of text stands (`grams`, `places`), what the spelt lines are and
how they may be read (`names`, `sounds`, `spelling`). What it `found` is looked up no further than asked.
`scanning` finds the same by looking at every firm while there is no index; `searcher` chooses.
"""
