"""The window and everything in it: Qt lives here (and in app) only."""
