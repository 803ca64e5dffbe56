"""Words that all parts of assemble share."""
import dataclasses, pathlib

# Netty has native libraries for Linux alone, and names the machine in its own way.
PLATFORMS = {"linux-x64": "x86_64", "linux-arm64": "aarch_64", "macos-arm64": None, "macos-x64": None, "windows-x64": None}


class Refused(Exception):
    """What was given makes no archive; the text says why."""


@dataclasses.dataclass(frozen=True)
class File:
    """A file of an archive: where its bytes are, or the bytes themselves."""

    source: pathlib.Path | None
    data: bytes | None = None
    mode: int = 0o644

    def read(self):
        return self.data if self.data is not None else self.source.read_bytes()


def version(target):
    """The version of what Maven built."""
    jars = [jar for jar in target.glob("ajar-*.jar") if not jar.stem.endswith(("-sources", "-javadoc"))]
    if len(jars) != 1:
        raise Refused(f"{target} has {len(jars)} jars of ajar; run mvn clean package first")
    return jars[0].stem.removeprefix("ajar-")
