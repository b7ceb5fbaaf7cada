"""Inputs on which fuzz.py once found that something did not hold, each with what it was; none may fail again."""

from collections.abc import Mapping

FOUND: Mapping[str, Mapping[str, bytes]] = {
    "yaml": {
        "a report filed by somebody who is named in words ended the check": (
            b"# schemas/report.schema.json\nid: 2026-04-21-rad/ron-at\nmeeting: 2026-04-21-rad\nnetwork: ron-at\n"
            b"date: 2026-02-27\nby:\n  name: x\ntext: x\n"
        ),
        "a body with a quorum and the id of another file ended the check": (
            b"# schemas/network.schema.json\nid: rads\nkind: council\nnames:\n  - name: x\nquorum:\n  - count: 1\n"
        ),
        "a block of text without lines at the end of a file without line end ended the edit": b"id: x\ndue: y\nnote: |",
        "a block of text lost the end of its last line where only blanks followed": b"id: x\ntitle: >\n  a\n  b\n  ",
        "a block of text that is indented by a number got two signs for its end": b"id: x\ntitle: |2-\n    a",
        "a block of text of blanks at the end of a file lost them": b"id:irred:  |2-\n    ",
        "a value below its key was written anew where it stood, at the beginning of its line": (
            b'note: # x\n|\n    at: "\xf0\x9f\x91\xa9\xe2\x80\x8d\xe2\x9a\x95\xef\xb0\x8f \xe4\xbc\x9a\xe8\xad\xb0"'
        ),
        "a block of text that was put in took in the comment below it": (
            b"kind: network\nnames:\n\n\n  # ': revision: : next_meeting: : 'maat: '1'"
        ),
        "a line that ends in a sign of its own for that was not seen as one by the edit": (
            "id: x\ntltle: \x85member: \nnetwork: rad\u2028added: 2026-01-10\n".encode()
        ),
        "a block of text that was put in took in the blanks of a line below it": (
            b"network: r\nadded: 2026-01-10\n\n\n    \nphone: \\\nemployer: =1+1\ntitle: \\"
        ),
        "a tab on the last line was left where a key came above it": b"neork:foat: a\n  \t",
        "a key with a question mark and no value at the end of a file ended the edit": (
            b"s:\n  - m: \n    o: \n    e:\n      e: 7\n      ?"
        ),
        "a sign for the order of bytes on a later line was a letter to one reader only": "\n\ufefft: ".encode(),
    },
    "sheet": {},
    "merge": {
        "two who each took out the name that the other left made a member without a name": bytes.fromhex(
            "300a025c11ce23e3d386217dbf08a622d8106078941f82198dbe4f2fc52fc4b11aa9181b5248ef040a3b"
        ),
    },
}
