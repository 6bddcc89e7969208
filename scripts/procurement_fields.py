"""Make the field map of the procurement check from the eForms SDK's own list of fields.

    python scripts/procurement_fields.py fields.json.gz

Writes `src/tyngdepunkt/analyses/procurement/fields.yaml`: the wanted fields with the SDK's absolute XPath,
the attribute that belongs to the value, and the OCDS path of `own_fields.yaml`; then the older paths.
"""

import gzip
import json
import sys
from pathlib import Path

import yaml

ROOM = Path(__file__).parents[1] / "src" / "tyngdepunkt" / "analyses" / "procurement"
ATTRIBUTE = {"amount": "currencyID", "measure": "unitCode", "text-multilingual": "languageID"}
HEAD = """\
# Made by scripts/procurement_fields.py; do not edit. XPaths and types: eForms SDK {version}, fields.json,
# (c) European Union, Publications Office, CC BY 4.0 (github.com/OP-TED/eForms-SDK). OCDS paths and older
# XPaths: own_fields.yaml, with their sources.
"""


def main(given: str) -> None:
    """Write the map."""
    sdk = json.loads(gzip.decompress(Path(given).read_bytes()))
    own = yaml.safe_load((ROOM / "own_fields.yaml").read_text(encoding="utf-8"))
    known = {field["id"]: field for field in sdk["fields"]}
    fields = {}
    for name, ocds in own["wanted"].items():
        field = known[name]
        fields[name] = {"xpath": field["xpathAbsolute"], "ocds": ocds}
        attribute = own["attributes"].get(name) or ATTRIBUTE.get(field["type"])
        if attribute:
            fields[name]["attribute"] = attribute
    for name, older in own["older"].items():
        fields[name] = {key: value for key, value in older.items() if key != "source"}
    text = yaml.safe_dump(
        {"groups": own["groups"], "fields": fields}, allow_unicode=True, sort_keys=False, width=1000
    )
    (ROOM / "fields.yaml").write_text(HEAD.format(version=sdk["sdkVersion"]) + text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
