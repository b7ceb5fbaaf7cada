"""One document tree, built from an edition of a record, and the writers that print any such tree."""
