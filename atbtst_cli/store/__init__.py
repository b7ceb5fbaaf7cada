"""Files and Git: how records are read, and how a change becomes one commit."""
