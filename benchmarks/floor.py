"""The floor under every start: a Typer program with one command that says one word."""

import typer

app = typer.Typer()


@app.command()
def main() -> None:
    """Say one word."""
    typer.echo("hello")


app()
