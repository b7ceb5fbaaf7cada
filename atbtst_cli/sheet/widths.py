"""How wide text is in Helvetica, in thousandths of the type size: what tells a wrapped line from a meant one."""

import unicodedata

_SIGNS = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ftı·",
    333: "()-`r“”‐‑\xad",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jckssvxyz",
    556: "#$0123456789?L_abdeghnopqu–§€",
    584: "+<=>~±",
    611: "FTZø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQØ",
    833: "Mm",
    889: "%æ",
    944: "W",
    1000: "—…Æ",
    1015: "@",
}
_WIDTHS = {sign: width for width, signs in _SIGNS.items() for sign in signs}
OTHER = 556


def width(text: str) -> int:
    """The width of the text; a letter with an accent is as wide as the letter."""
    return sum(_WIDTHS.get(unicodedata.normalize("NFD", sign)[0], OTHER) for sign in text)
