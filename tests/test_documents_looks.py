"""A workspace may give its documents other looks; a template can do nothing but print."""

import subprocess
import sys

import pytest
from documents_example import document, holding
from pdf_reading import structure

from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Paragraph, words
from atbtst_cli.errors import Refused
from atbtst_cli.store.tree import WorkTree

HTML = "document.html.j2"
MARKDOWN = "document.md.j2"


def written(form, template, whole=None):
    name = {"html": HTML, "md": MARKDOWN}[form]
    return FORMATS[form](whole or document(), Looks({name: template.encode()}.get)).decode()


def test_the_file_of_the_workspace_wins():
    assert written("html", "<p>{{ document.title }}</p>") == "<p>Mötesanteckningar</p>"
    assert Looks().source(HTML) == Looks({}.get).source(HTML)


def test_a_workspace_is_read_through_its_tree(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / HTML).write_text("eget", encoding="utf-8")
    looks = Looks.of(WorkTree(tmp_path))
    assert looks.source(HTML) == "eget"
    assert looks.source(MARKDOWN) == Looks().source(MARKDOWN)


@pytest.mark.parametrize("name", [HTML, "document.typ", "vapen.svg"])
def test_a_symbolic_link_is_refused_by_name(tmp_path, name):
    (tmp_path / "templates").mkdir()
    (tmp_path / "hemligt").write_text("hemligt", encoding="utf-8")
    (tmp_path / "templates" / name).symlink_to(tmp_path / "hemligt")
    looks = Looks.of(WorkTree(tmp_path))
    with pytest.raises(Refused, match=f"templates/{name}.*symbolic link"):
        (looks.picture if name.endswith("svg") else looks.source)(name)


@pytest.mark.parametrize("folder", ["templates", "templates/delar"])
@pytest.mark.parametrize("name", ["utseende.html.j2", "vapen.svg"])
def test_a_folder_that_is_a_symbolic_link_is_refused_by_name(tmp_path, folder, name):
    """On the way to a template as on the way to a record; nothing is read from where it leads."""
    outside = tmp_path / "utanför"
    (outside / "delar").mkdir(parents=True)
    for place in (outside, outside / "delar"):
        (place / name).write_text("<svg>hemligt</svg>", encoding="utf-8")
    workspace = tmp_path / "råd"
    (workspace / folder).parent.mkdir(parents=True)
    (workspace / folder).symlink_to(outside)
    looks = Looks.of(WorkTree(workspace))
    with pytest.raises(Refused, match=f"{folder} .*symbolic link"):
        (looks.picture if name.endswith("svg") else looks.source)(f"delar/{name}")


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ nothing }}", "undefined"),
        ("{{ document.nothing }}", "nothing"),
        ("{% if %}", "line 1"),
        ("{{ document.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", "unsafe"),
        ("{% include 'annat.html.j2' %}", "annat.html.j2.*not there"),
        ("{% include '../records/settings.yaml' %}", "plain letters"),
        ("{% include '/etc/passwd' %}", "plain letters"),
        ("{{ 1 / 0 }}", "zero"),
        ("{{ range(10**9)|list }}", "[Rr]ange"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
        ("{{ document.marks.append('x') }}", "append"),
    ],
)
def test_a_template_that_fails_or_reaches_out_is_a_clear_error(template, reason):
    with pytest.raises(Refused, match=reason) as caught:
        written("html", template)
    assert caught.value.hint


def test_a_template_that_is_no_text_is_a_clear_error():
    with pytest.raises(Refused, match=HTML):
        FORMATS["html"](document(), Looks({HTML: b"\xff\xfe"}.get))


def test_text_is_escaped_in_html_without_the_template_asking_for_it():
    whole = holding(title="<b>&", organisation="{{ 7*7 }}")
    assert written("html", "{{ document.title }} {{ document.organisation }}", whole) == "&lt;b&gt;&amp; {{ 7*7 }}"


def test_a_picture_that_is_none_is_a_clear_error():
    for name in ("a.svg", "a.png", "a.txt"):
        with pytest.raises(Refused, match=name):
            Looks({name: b"text"}.get).picture(name)


@pytest.mark.parametrize("form", FORMATS)
def test_jinja_in_a_record_is_words(form):
    data = FORMATS[form](holding(Paragraph(words("{{ 7*7 }} {% raw %} {# x #}"))), Looks())
    read = structure(data).text if form == "pdf" else data.decode().replace("\\", "")
    assert "{{ 7*7 }} {% raw %} {# x #}" in read


def test_a_format_imports_what_it_needs_and_nothing_before_it_writes():
    code = (
        "import sys; from atbtst_cli.documents import formats, minutes\n"
        "heavy = {'jinja2', 'typst'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
