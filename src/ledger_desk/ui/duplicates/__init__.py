"""The tab 查重: firms that look like one, side by side; merged, judged apart, taken apart again."""
