"""What a list or a screen shows of the records: chosen, sorted, in words. Nothing is changed here."""
