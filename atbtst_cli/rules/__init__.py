"""What the council's own rules say about its records: pure functions, without files, Git or a clock."""
