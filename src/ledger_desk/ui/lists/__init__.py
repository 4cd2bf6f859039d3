"""Lists of records: where their rows come from, how they are narrowed, sorted and laid out."""
