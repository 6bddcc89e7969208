"""Which rooms have a catalogue of texts, for the tests that read them all."""

from __future__ import annotations

from pathlib import Path

import tyngdepunkt


def rooms_with_texts() -> list[str]:
    """Every room that has a `texts.yaml`, as `places` or `analyses.location`."""
    root = Path(tyngdepunkt.__file__).parent
    return sorted(".".join(path.parent.relative_to(root).parts) for path in root.rglob("texts.yaml"))
