"""The looks of documents: where templates and pictures come from, and how Jinja is kept in its place."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.packaged import packaged
from atbtst_cli.store.tree import Tree, Unreadable

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = "templates"
_NAME = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)

_SIGNS = {".svg": b"<svg", ".png": b"\x89PNG\r\n"}


class Looks:
    """The templates of one workspace: its own file where it has one, else the one that comes with the program."""

    def __init__(self, read: Callable[[str], bytes | None] = lambda _name: None) -> None:
        """Take the workspace's own files from ``read``: a name such as "document.html.j2" to bytes, or None."""
        self._read = read

    @classmethod
    def of(cls, tree: Tree) -> "Looks":
        """The looks of the workspace in that tree; no symbolic link in it is followed."""

        def read(name: str) -> bytes | None:
            try:
                return tree.read(f"{FOLDER}/{name}")
            except KeyError:
                return None
            except Unreadable as error:
                raise unusable(name, str(error)) from error

        return cls(read)

    def source(self, name: str) -> str:
        """The text of a template."""
        own = self._own(name)
        try:
            return (packaged(f"{FOLDER}/{name}") if own is None else own).decode("utf-8")
        except FileNotFoundError as error:
            raise unusable(name, _("it is not there")) from error
        except UnicodeDecodeError as error:
            raise unusable(name, _("it is not UTF-8 text")) from error

    def picture(self, name: str) -> bytes | None:
        """The workspace's picture of that name (SVG or PNG); None where there is none."""
        picture = self._own(name) if name else None
        sign = _SIGNS.get(name[-4:])
        if picture is not None and (sign is None or sign not in picture):
            raise unusable(name, _("it is no SVG or PNG picture"))
        return picture

    def _own(self, name: str) -> bytes | None:
        """The workspace's own file; a name that could lead out of its folder is never looked up."""
        if not _NAME.fullmatch(name):
            raise unusable(name, _("the name has to be that of a file in this folder, in plain letters and digits"))
        return self._read(name)

    def render(self, name: str, **values: Any) -> str:
        """The Jinja template filled with these values; in a name that ends in .html.j2 every text is escaped."""
        from jinja2 import TemplateError

        try:
            return self._environment.get_template(name).render(values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = _("line {line}: ").format(line=line) if line else ""
            raise unusable(name, f"{place}{error}") from error
        except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            if self._own(name) is None:
                raise
            raise unusable(name, str(error)) from error

    @cached_property
    def _environment(self) -> "ImmutableSandboxedEnvironment":
        from jinja2 import FunctionLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self.source),
            autoescape=lambda name: name is not None and name.endswith(".html.j2"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # what could be worked out before is little, and each template is filled once in a run
        )


def unusable(name: str, reason: str) -> Refused:
    """The error that says why a template cannot be used."""
    return Refused(
        _("The template {path} cannot be used: {reason}.").format(path=f"{FOLDER}/{name}", reason=reason.rstrip(".")),
        _("Mend it, or take it away to get the looks that come with the program."),
    )
