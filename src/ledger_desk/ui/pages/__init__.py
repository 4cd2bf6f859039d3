"""Pages: each knows the ledger and the jobs it is given, and no other page."""
