"""`tyngdepunkt report`: templates for the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from tyngdepunkt import settings
from tyngdepunkt.errors import Faults
from tyngdepunkt.texts import text

_LANG = settings.language()


def _say(key: str) -> str:
    return text(f"documents:cli.{key}", _LANG)


app = App(name="report", help=_say("help"), help_format="plaintext")


@app.command(help=_say("template"))
def template(
    file: Annotated[Path, Parameter(help=_say("file"))],
    *,
    replace: Annotated[bool, Parameter(help=_say("replace"), negative=())] = False,
    lang: Annotated[str, Parameter(help=_say("lang"))] = _LANG,
) -> None:
    """Write the Word template a ministry can adapt."""
    from tyngdepunkt.documents.docx_template import template_bytes
    from tyngdepunkt.documents.files import put_in_place

    faults = Faults()
    if file.suffix.lower() != ".docx":
        faults.add("documents:template_suffix", name=file.name)
    elif file.exists() and not replace:
        faults.add("documents:template_exists", path=str(file))
    faults.raise_if_any()
    chosen = lang if lang in settings.LANGUAGES else settings.language()
    written = put_in_place(file.parent, {file.name: template_bytes(chosen)})
    print(text("documents:cli.written", chosen, path=str(written[0])))
