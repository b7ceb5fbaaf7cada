"""One module per noun: from a Council and a request to a Change."""
