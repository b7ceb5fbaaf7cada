"""JSON Schemas of the records, written from the models: schemas/<kind>.schema.json."""

import json

from pydantic import BaseModel

from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings

MODELS: dict[str, type[BaseModel]] = {
    "item": ActionItem,
    "mailing": Mailing,
    "matter": Matter,
    "meeting": Meeting,
    "member": Member,
    "network": Network,
    "report": Report,
    "settings": Settings,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, bytes]:
    """The content of every schema file, by its path in a workspace."""
    return {f"schemas/{name}.schema.json": _schema(model) for name, model in MODELS.items()}


def _schema(model: type[BaseModel]) -> bytes:
    schema = {"$schema": DIALECT, **model.model_json_schema(by_alias=True)}
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
