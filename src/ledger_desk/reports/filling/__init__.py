"""Any table from above (上级来表): an unknown workbook filled with what the ledger knows.

`opening` finds the table, `matching` its columns, `whose` its rows, `answers` what the ledger knows,
`plan` what goes where, `written` the file, `gaps` the list of what is missing, to be called for.
Sources: `product.md` §5, `decisions.md` 29, 30 and 37, `peers.md` §B 1 and 7.
"""
