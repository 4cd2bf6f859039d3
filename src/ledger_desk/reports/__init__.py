"""Numbers: indicators, forms, checks, and where each of them comes from."""
