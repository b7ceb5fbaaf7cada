"""Keeps a council's record as YAML files in Git, and writes its minutes."""

import os

__version__ = "0.4.0"

# What happens to be installed beside this program has no say in what a record is; and to look for it takes time.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
