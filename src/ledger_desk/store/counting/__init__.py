"""What is counted over the ledger: events and their numbers, targets, and what waits."""
