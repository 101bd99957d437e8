"""The plain side of each comparison: scripts written by hand that know nothing of orgmodel."""
