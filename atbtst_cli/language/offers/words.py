"""What every language has to give for offers."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from atbtst_cli.language.tables import Words

Kind = Literal["action", "decision", "approval", "next_time"]
"""What a line can look like."""
Approved = Literal["adopted", "adopted_with_changes", "rejected"]
"""How earlier minutes are approved."""
Told = Literal["deferred", "rejected", "referred", "adopted_with_changes", "noted"]
"""What a decision is, where its words tell that it is not simply adopted."""
Role = Literal["chair", "secretary"]
"""Whom a meeting has, so that a word is enough to name them."""
Endings = tuple[tuple[str, str], ...]
"""How one form of a verb is made from its present: an ending, and what stands in its place; the first that fits."""


class OfferWords(NamedTuple):
    """The words of one language; a verb stands in the present, with the particle that changes what it means."""

    # Small words that tell which language a text is in
    telltale: Words

    # Who does something: names, names that are words too, words that look like names and are none
    given_names: Words
    wordlike: Words
    not_names: Words
    roles: Mapping[Role, Words]
    pronouns: Words
    together: Words
    conjunctions: Words
    attributes: Words

    # What somebody does: what is to be followed up, what only happened at the meeting, how things are
    doing: Words
    telling: Words
    lasting: Words
    announcing: Words
    present: str
    not_verbs: Words
    infinitives: Endings
    passives: Endings
    by: str

    # What somebody shall do, has in hand, or answers for
    tasked: Words
    starters: Words
    infinitive: str
    states: Words
    light: Mapping[str, Words]
    between: Words
    asking: Words
    between_asked: Words
    responsible: Words
    linking: Words

    # What makes a sentence say something else
    negations: Words
    subordinators: Words
    that: str
    openers: Words
    past: Words
    another_time: Words

    # What was decided, approved or put off
    deciding: Words
    decided: Words
    chosen: Words
    outcomes: Mapping[Told, Words]
    approving: Mapping[Approved, Words]
    returning: Words
    labels: Mapping[Kind, Words]
    following: Words

    # Until when
    deadlines: Words
    articles: Words

    # Where a full stop ends no sentence
    abbreviations: Words


def listed(text: str) -> Words:
    """The words and phrases between the commas of a text."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())
