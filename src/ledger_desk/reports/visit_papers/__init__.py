"""走访 on paper: sheets to be filled by hand, the list of a plan by pair, the daily report."""
