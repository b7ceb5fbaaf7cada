"""What minutes do not mark: lines that look like an action, a decision, an approval or a thing for next time.

They are offered, never guessed. ``sentences`` cuts the text of a block into sentences, and ``phrases`` finds the words
of the tables among theirs. ``doers`` tells who, ``verbs`` what is done and ``actions`` who does what; ``outcomes`` what
was decided, approved or put off, ``deadlines`` until when. ``reader`` asks these of every sentence, ``find`` does so
for a whole meeting, and ``take`` puts the block that was meant in the sentence's place.
"""
