"""What a backup holds, in words."""

from __future__ import annotations

from typing import Final

from decider.site.backup.archive import Manifest
from decider.site.backup.keys import PRIVATE, SECRET_KEY, SIGNING

COUNTED: Final = {
    "assessments.assessment": "assessments",
    "reports.report": "reports",
    "reports.decisionrecord": "decision records",
    "reports.signedpdf": "signed PDFs",
    "people.person": "people",
}
"""What the summary counts, by the label of its model."""


def summary(manifest: Manifest) -> str:
    """One line of counts, and one that says which keys are there and what they allow."""
    counts = [
        f"{manifest.parts[name].lines} {words}"
        for label, words in COUNTED.items()
        if (name := f"rows/{label}.jsonl") in manifest.parts
    ]
    total = sum(part.lines for name, part in manifest.parts.items() if name.startswith("rows/"))
    return f"{', '.join(counts)}; {total} rows in all.\n{_keys(manifest)}"


def _keys(manifest: Manifest) -> str:
    names = {SECRET_KEY: "the secret key", PRIVATE: "the private key that signs reports"}
    private = [words for name, words in names.items() if name in manifest.parts]
    public = sum(name.startswith(f"{SIGNING}/") for name in manifest.parts if name != PRIVATE)
    text = f"Keys: {', '.join([*private, f'public keys: {public}'])}."
    if private:
        return f"{text} Whoever has this file can act as this server: keep it as safe."
    return f"{text} Private keys are not in it: keep them elsewhere."
