"""上级来表 in the window: choose the file, look at the match, look at the gaps, write."""
