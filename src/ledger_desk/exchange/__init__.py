"""Between files and the ledger: columns matched, tables read in, lists written, forms defined."""
