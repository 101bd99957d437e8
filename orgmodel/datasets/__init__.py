"""Datasets on disk: one module per format, each reading into a structure."""
