"""Charts: what to draw, how it looks, the drawing itself, and the same in words."""
