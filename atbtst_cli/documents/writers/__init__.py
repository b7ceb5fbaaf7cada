"""One writer a format: each prints any document tree by a template, and knows nothing of what it is about."""
