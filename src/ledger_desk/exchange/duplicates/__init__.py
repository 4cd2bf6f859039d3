"""Two records of one firm: found, looked at side by side, merged, taken apart again.

`product.md` §6, `decisions.md` 1–3, `peers.md` §A.2 rows 10 and 11 and §B 26.
"""
