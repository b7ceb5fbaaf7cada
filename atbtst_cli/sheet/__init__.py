"""The secretary's text, read into a meeting and written from one: pure, without files, Git or a clock."""
