"""Keeps a council's record as YAML files in Git, and writes its minutes."""

__version__ = "0.4.0"
