"""Writing into the cells of a list: pasted blocks, typed values, cleared and filled cells."""
