"""Paper on the screen: pages of a finished PDF, with marks laid over cells that do not print."""
