"""A small council with made-up people that breaks no rule; a test changes one thing and asks what the rules say."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import yaml

from atbtst_cli.errors import Finding
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.checks import check

TODAY = date(2026, 3, 1)
MODELS: Mapping[str, Any] = {
    "members": Member,
    "networks": Network,
    "meetings": Meeting,
    "items": ActionItem,
    "matters": Matter,
    "reports": Report,
    "mailings": Mailing,
}
Records = dict[str, Any]

TEXT = """
settings:
  format: 1
  name: Exempelrådet
  organisation: Region Exempel
  instances:
    - {id: hsn, name: Exempelnämnden}
members:
  alva-exempel:
    id: alva-exempel
    from: 2021-01-01
    names: [{name: Alva Exempel}]
  bo-exempel:
    id: bo-exempel
    names: [{name: Bo Exempel}]
    phone: "1212121212"
  cilla-exempel:
    id: cilla-exempel
    names: [{name: Cilla Exempel}]
networks:
  rad:
    id: rad
    kind: council
    names: [{from: 2021-01-01, name: Exempelrådet, short: RÅD}]
    founded: 2021-01-01
    standing:
      - {title: Föregående anteckningar, kind: previous_minutes}
      - title: Rapporter
        kind: reports
        parts:
          - {title: AT, network: ron-at}
          - {title: ÖSR, network: osr}
      - {title: Övrigt, kind: other}
    seats:
      - {id: ron-at, kind: required, names: [{name: RÖN-AT}], follows: ron-at/convenor}
      - {id: ron-bt, kind: required, names: [{name: RÖN-BT}], follows: ron-bt/convenor, chair: "true"}
  ron-at:
    id: ron-at
    kind: network
    names: [{name: Nätverket för AT, short: RÖN-AT}]
    aliases: [AT]
    founded: 2021-01-01
    reports_to: rad
    seats:
      - id: convenor
        kind: convenor
        names: [{name: Sammankallande}]
        holders:
          - {from: 2021-01-01, to: 2025-12-31, member: bo-exempel}
          - {from: 2026-01-01, member: alva-exempel}
      - {id: sylf, kind: offered, names: [{name: SYLF}]}
  ron-bt:
    id: ron-bt
    kind: network
    names: [{name: Nätverket för BT, short: RÖN-BT}]
    reports_to: rad
    seats:
      - id: convenor
        kind: convenor
        names: [{name: Sammankallande}]
        holders: [{member: cilla-exempel, on_behalf_of: Exempelsjukhuset}]
  osr:
    id: osr
    kind: network
    names: [{name: Det gamla nätverket, short: ÖSR}]
    dissolved: 2020-12-31
    seats:
      - {id: convenor, kind: convenor, names: [{name: Sammankallande}]}
meetings:
  2025-11-18-rad:
    id: 2025-11-18-rad
    network: rad
    number: 4
    date: 2025-11-18
    start: "13:15"
    end: "16:15"
    called: {date: 2025-11-01}
    held: {date: 2025-11-18, by: cilla-exempel}
    chair: cilla-exempel
    secretary: bo-exempel
    adjusters: [bo-exempel]
    attendance:
      - {member: bo-exempel, status: present, seats: [rad/ron-at]}
      - {member: cilla-exempel, status: present, seats: [rad/ron-bt]}
      - {name: David Exempel, status: guest}
    agenda:
      - id: p-1
        title: Lönefrågan
        matter: m-7c2k9xa
        body:
          - {text: Frågan diskuteras.}
          - {decision: d-1, number: 12, outcome: referred, text: Frågan går till nämnden.}
          - {matter: m-7c2k9xa, text: Frågan från RÖN-AT}
          - {referral: hsn, text: Underlag}
          - {next_time: c-4k2, text: Svaret från nämnden}
          - {arrived: bo-exempel, at: "13:30"}
          - {left: bo-exempel, at: "14:30"}
          - {reservation: [cilla-exempel], text: Mot beslutet}
    next_meeting: {date: 2026-02-17, start: "13:15", end: "16:15", text: 17 februari}
    approval: {date: 2026-02-17, by: [cilla-exempel], at: 2026-02-17-rad/p-prev}
    amendments: [{date: 2026-02-20, by: bo-exempel, reason: Stavning}]
  2026-02-17-rad:
    id: 2026-02-17-rad
    network: rad
    number: 1
    date: 2026-02-17
    held: {date: 2026-02-17}
    attendance:
      - {member: alva-exempel, status: present, seats: [rad/ron-at, ron-at/convenor]}
    agenda:
      - {id: p-prev, kind: previous_minutes, title: Föregående anteckningar, approves: 2025-11-18-rad}
      - id: p-rep
        kind: reports
        title: Rapporter
        parts:
          - id: p-at
            network: ron-at
            title: AT
            body:
              - {action: i-k7q3d9m, text: Boka lokal, owners: [ron-at/convenor, alva-exempel], due: 2026-04-21-rad}
      - id: p-3
        title: Svaret
        presenter: cilla-exempel
        from: 2025-11-18-rad/c-4k2
        body:
          - {decision: d-1, number: 1, outcome: deferred, to: 2026-04-21-rad, text: Rådet avvaktar.}
          - {deferred: 2026-04-21-rad, text: Bordläggs}
          - {answer: hsn, text: Nämnden återkommer.}
          - {progress: i-k7q3d9m, text: Lokalen är vald.}
  2026-04-21-rad:
    id: 2026-04-21-rad
    network: rad
    with: [ron-bt]
    date: 2026-04-21
    called: {date: 2026-04-01, by: cilla-exempel}
items:
  i-k7q3d9m:
    id: i-k7q3d9m
    title: Boka lokal
    network: ron-at
    added: 2026-02-17
    origin: {meeting: 2026-02-17-rad, agenda_item: p-at}
    matter: m-7c2k9xa
    owners: [ron-at/convenor, alva-exempel]
    due: 2026-04-21-rad
    log:
      - {date: 2026-02-20, by: alva-exempel, note: Bokad., meeting: 2026-02-17-rad}
    closed: {date: 2026-02-25, as: dropped, by: bo-exempel, meeting: 2026-02-17-rad, reason: Behövs inte.}
matters:
  m-7c2k9xa:
    id: m-7c2k9xa
    title: Lönefrågan
    network: ron-at
    raised: 2025-11-01
    origin: {meeting: 2025-11-18-rad}
    referrals:
      - id: r-1
        from: ron-at
        to: rad
        role: preparation
        sent: {date: 2025-11-01, by: bo-exempel}
      - id: r-2
        parent: r-1
        from: rad
        to: hsn
        role: decision
        sent: {date: 2025-11-20, by: cilla-exempel, decision: 2025-11-18-rad/d-1}
        answer: {date: 2026-02-01, by: bo-exempel, decision: 2026-02-17-rad/d-1}
reports:
  2026-04-21-rad/ron-at:
    {id: 2026-04-21-rad/ron-at, meeting: 2026-04-21-rad, network: ron-at, date: 2026-02-27, by: bo-exempel, text: Allt väl.}
mailings:
  s-4k9x2mq:
    id: s-4k9x2mq
    kind: agenda
    meeting: 2026-04-21-rad
    date: 2026-02-27
    by: cilla-exempel
    deliveries:
      - {member: bo-exempel, status: sent, items: [i-k7q3d9m]}
      - {list: rad, status: uncertain}
"""


@cache
def _read() -> Records:
    return yaml.load(TEXT, Loader=yaml.BaseLoader)


def records() -> Records:
    """The example's records as the files have them, by kind and id, to change at will."""
    return deepcopy(_read())


def council(data: Records | None = None) -> Council:
    """The council of those records."""
    data = data or _read()
    kinds = {
        kind: {name: model.model_validate(record) for name, record in data.get(kind, {}).items()}
        for kind, model in MODELS.items()
    }
    paths = {(kind, name): f"{kind}/{name}.yaml" for kind, some in kinds.items() for name in some}
    paths |= {("meetings", name): f"meetings/{name}/meeting.yaml" for name in kinds["meetings"]}
    paths["settings", "settings"] = "settings.yaml"
    return Council(Settings.model_validate(data["settings"]), **kinds, paths=paths)


def findings(change: Callable[[Records], object], today: date = TODAY) -> list[Finding]:
    """What the rules find after one change to the example."""
    data = records()
    change(data)
    return check(council(data), today)
