"""通报: bulletins in the county's own wording, every number counted and every number openable."""
