"""表样设计 in the window: a new blank becomes a form, step by step."""
