"""What a record is: one file per kind."""
