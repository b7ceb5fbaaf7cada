"""Lets ``python -m atbtst_cli`` run the program."""

from atbtst_cli.cli import main

main()
