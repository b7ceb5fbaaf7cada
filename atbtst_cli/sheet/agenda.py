"""The agenda of a meeting, built from the entries of its sheet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import (
    AgendaItem,
    AgendaKind,
    ArrivedBlock,
    Block,
    LeftBlock,
    Meeting,
    NextTimeBlock,
    TextBlock,
)
from atbtst_cli.sheet.blocks import settled, words_of
from atbtst_cli.sheet.forms import Bullet, Heading, Marker, Region, Sentence
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.markers import Context, blocks, doubled_id, sentence
from atbtst_cli.sheet.people import placed
from atbtst_cli.sheet.proof import Account
from atbtst_cli.sheet.prose import doubts, restored
from atbtst_cli.sheet.scan import Entry
from atbtst_cli.sheet.source import Line, trimmed
from atbtst_cli.sheet.vocabulary import TITLES, example

_NUMBERING = re.compile(r"^(?:§ *)?[0-9]{1,3}(?:[.:)]| §)?\s+")


@dataclass(slots=True)
class Node:
    """An agenda item while it is read: what is known of it, its blocks, its parts."""

    facts: AgendaItem
    level: int
    body: list[Block] = field(default_factory=list)
    parts: list["Node"] = field(default_factory=list)

    def item(self) -> AgendaItem:
        """The agenda item as it was read."""
        parts = tuple(part.item() for part in self.parts)
        return self.facts.model_copy(update={"body": settled(self.body), "parts": parts})


class Agenda:
    """The agenda as far as it is read."""

    def __init__(
        self, base: Meeting, grammar: Grammar, context: Context, headed: frozenset[str], account: Account
    ) -> None:
        """Start an agenda; ``headed`` are the ids of the headings in the sheet, ``account`` takes its words."""
        self.findings: list[Finding] = []
        self._by_id = {item.id: item for item in base.items()}
        self._by_title: dict[str, list[AgendaItem]] = {}
        for item in base.items():
            self._by_title.setdefault(fold(item.title), []).append(item)
        self._grammar = grammar
        self._context = context
        self._headed = headed
        self._account = account
        self._preamble: list[Block] = []
        self._top: list[Node] = []
        self._stack: list[Node] = []
        self._text: list[Line] = []

    def items(self) -> tuple[AgendaItem, ...]:
        """The agenda items."""
        return tuple(node.item() for node in self._top)

    def preamble(self) -> tuple[Block, ...]:
        """The blocks before the first agenda item."""
        return settled(self._preamble)

    def heading(self, entry: Entry, form: Heading) -> None:
        """Begin an agenda item."""
        self.finish()
        while self._stack and self._stack[-1].level >= form.level:
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        if parent is None and form.level > len("##"):
            self._say(_no_parent(), entry.first)
        if form.doubt:
            self._say(_bad_attributes(form.doubt.strip()), entry.first)
        node = Node(self._facts(form, parent, entry.first), form.level)
        (parent.parts if parent else self._top).append(node)
        self._stack.append(node)
        self._account.code(form.before)
        self._account.text(form.title, form.after)

    def marker(self, entry: Entry, form: Marker) -> None:
        """Take a marker with its text; where it is not understood, its lines are text."""
        content, inline = trimmed(entry.content()), entry.inline()
        text = restored(content, self._grammar, "body", inline=inline)
        understood = blocks(form.kind, form.head, text, self._context)
        for finding in understood.findings:
            self._say(finding, entry.first, form.at)
        if not understood.blocks:
            self._text += entry.lines
            return
        self.finish()
        wordless = isinstance(understood.blocks[0], ArrivedBlock | LeftBlock)
        head = [line.text for line in entry.lines] if wordless else [entry.first.text[: form.starts]]
        self._account.code(*head)
        self._add(*understood.blocks)
        self.findings += doubts(content, self._grammar, "body", inline=inline)

    def sentence(self, entry: Entry, form: Sentence) -> None:
        """Take a sentence that says itself that the item is dropped or put off."""
        self.finish()
        self._add(sentence(form, restored(entry.lines, self._grammar, "body"), self._context.on))
        self.findings += doubts(entry.lines[1:], self._grammar, "body")

    def text(self, lines: Iterable[Line]) -> None:
        """Take lines of text."""
        self._text += lines

    def finish(self) -> None:
        """Make blocks of the lines of text so far."""
        lines, self._text = self._text, []
        region = self._region()
        for bullet, group in self._groups(lines) if region == "list" else [(None, lines)]:
            if bullet:
                self._bullet(bullet, group)
            elif trimmed(group):
                self._paragraphs(trimmed(group), region)

    def _region(self) -> Region:
        if not self._stack:
            return "header"
        return "list" if self._stack[-1].facts.kind == "next_time" else "body"

    def _add(self, *blocks: Block, aside: str = "") -> None:
        body = self._stack[-1].body if self._stack else self._preamble
        body += blocks
        for block in blocks:
            self._account.text(words_of(block), aside)

    def _paragraphs(self, lines: list[Line], region: Region) -> None:
        self._add(TextBlock(text=restored(lines, self._grammar, region)))
        self.findings += doubts(lines, self._grammar, region)
        if region == "list":
            self._say(_text_for_next_time(), lines[0])

    def _groups(self, lines: Iterable[Line]) -> Iterator[tuple[Bullet | None, list[Line]]]:
        """The lines under the item of things for next time: each list line with what continues it, other text."""
        bullet: Bullet | None = None
        group: list[Line] = []
        for line in lines:
            found = None if line.verbatim or not line.at_margin else self._grammar.form(line.text, "list")
            starts = isinstance(found, Bullet)
            ends = bullet is not None and not line.blank and (line.verbatim or line.at_margin)
            if starts or ends:
                yield bullet, group
                bullet, group = found if isinstance(found, Bullet) else None, []
            group.append(line)
        yield bullet, group

    def _bullet(self, bullet: Bullet, lines: list[Line]) -> None:
        first = replace(lines[0], text=bullet.text, column=lines[0].column + bullet.starts)
        first = replace(first, literal=None if lines[0].literal is None else 0)
        content = [first, *(line.dedented() for line in lines[1:])]
        if bullet.id and self._context.ids.doubled(bullet.id):
            self._say(doubled_id(bullet.id), lines[0])
        known = self._context.ids.take(bullet.id, "c")
        self._account.code(lines[0].text[: bullet.starts])
        text = restored(trimmed(content), self._grammar, "body", inline=True)
        self._add(NextTimeBlock(next_time=known, text=text), aside=bullet.after)
        self.findings += doubts(content, self._grammar, "body", inline=True)

    def _facts(self, form: Heading, parent: Node | None, line: Line) -> AgendaItem:
        """What is known of an agenda item: from the meeting so far by its id or title, else from its title."""
        known = self._known(form)
        if known:
            self._context.ids.take(known.id, "p")
            internal = form.internal or (not form.id and known.internal)
            if known.internal and not internal:
                self._say(_no_longer_internal(form.title), line)
            return known.model_copy(update={"title": form.title, "internal": internal})
        if form.id and self._context.ids.doubled(form.id):
            self._say(doubled_id(form.id), line)
        title = fold(_NUMBERING.sub("", form.title).rstrip(" :."))
        return AgendaItem(
            id=self._context.ids.take(form.id, "p"),
            kind=_kind(title) if parent is None else None,
            network=self._network(form.title, parent),
            title=form.title,
            internal=form.internal,
        )

    def _known(self, form: Heading) -> AgendaItem | None:
        if form.id:
            known = self._by_id.get(form.id)
            return known if known and not self._context.ids.doubled(known.id) else None
        named = self._by_title.get(fold(form.title), ())
        free = (item for item in named if item.id not in self._headed and not self._context.ids.doubled(item.id))
        first, second = next(free, None), next(free, None)
        return None if second else first

    def _network(self, title: str, parent: Node | None) -> str | None:
        if parent is None or parent.facts.kind != "reports":
            return None
        networks = self._context.directory.network(title)
        return networks[0] if len(networks) == 1 else None

    def _say(self, finding: Finding, line: Line, at: int = 0) -> None:
        self.findings.append(placed(finding, line.number, line.column + at))


def _kind(title: str) -> AgendaKind | None:
    return cast("AgendaKind | None", TITLES.get(title))


def _no_parent() -> Finding:
    return Finding(
        "no-parent",
        "warning",
        _("a part stands before any agenda item; it was taken as an agenda item"),
        hint=_("Write ## for an agenda item, ### for a part of the one above."),
    )


def _bad_attributes(group: str) -> Finding:
    return Finding(
        "heading-attributes",
        "error",
        _("“{group}” after the title was not understood, and was kept as part of the title").format(group=group),
        hint=_("Write {example}, and leave ids as they were.").format(example=example("internal_title")),
    )


def _no_longer_internal(title: str) -> Finding:
    return Finding(
        "no-longer-internal",
        "warning",
        _("“{title}” is no longer internal").format(title=title),
        hint=_("Write {example} after the title if it is to stay out of public documents.").format(
            example=example("internal_title")
        ),
    )


def _text_for_next_time() -> Finding:
    return Finding(
        "next-time-text",
        "notice",
        _("this is kept as text and does not come back at the next meeting"),
        hint=_("Begin the line with a dash and a blank if it is something to bring up."),
    )
