"""The words by which a line of minutes is seen to be an action, a decision, an approval or a thing for next time."""
