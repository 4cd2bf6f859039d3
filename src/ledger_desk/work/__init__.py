"""What is done with records of the ledger: many at once, one step, told what could not be done."""
