"""Checks: rules in packs, what they find in a graph, and how that is written."""
