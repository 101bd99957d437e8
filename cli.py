"""Runs orgmodel from a checkout: `python cli.py --help`."""

from orgmodel.cli import main

main()
