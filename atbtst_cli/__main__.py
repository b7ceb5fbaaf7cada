"""Starts the program, be it as ``atbtst`` or with ``python -m atbtst_cli``."""

import gc

# A run is short, and makes ten thousand records and hardly any garbage: looking for it, already while the program is
# loaded, takes a fifth of the time.
gc.disable()

from atbtst_cli.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
