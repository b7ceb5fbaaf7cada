"""Who: a member by id, a seat, or a name as it was written."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, StringConstraints, Tag

from atbtst_cli.models.base import SLUG, Line, Part, Slug


class Named(Part):
    """Somebody who is no member yet, by the name that was written."""

    name: Line = Field(description="The name as written.")


def _form(value: Any) -> str:
    return "named" if isinstance(value, dict | Named) else "id"


MemberOrSeat = Annotated[str, StringConstraints(pattern=rf"^{SLUG}(?:/{SLUG})?$", max_length=130)]

Person = Annotated[Annotated[Slug, Tag("id")] | Annotated[Named, Tag("named")], Discriminator(_form)]
"""A member's id, or a name as written."""

Owner = Annotated[Annotated[MemberOrSeat, Tag("id")] | Annotated[Named, Tag("named")], Discriminator(_form)]
"""A member's id, a seat such as ron-at/convenor, or a name as written."""
