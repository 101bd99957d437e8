"""Benchmarks: orgmodel side by side with scripts written by hand on the plain libraries."""
