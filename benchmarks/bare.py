"""The floor under every list: read each record of a folder with the YAML library's own fast loader, and no more."""

import sys
from pathlib import Path

import yaml

for path in Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)
