"""Collects the files of one archive: target/ajar with another runtime and another system's native libraries."""
import dataclasses, pathlib

from bill import add_bill
from common import PLATFORMS, File, Refused, version
from runtime import Runtime


@dataclasses.dataclass(frozen=True)
class Tree:
    """What an archive holds."""

    name: str
    prefix: str
    version: str
    platform: str
    files: dict


# The client of ajar kubernetes: 10 MB of an archive, for one command. The image has it, all others take the add-on.
ADD_ON = "lib/kubernetes/"


def tree(root, target, platform, runtime, jdk_release, even_if_old, whole):
    """The files of the program; whole with the add-on."""
    built = target / "ajar"
    if not (built / "lib" / "ajar.jar").is_file():
        raise Refused(f"there is no {built}; run mvn package first")
    number = version(target)
    files = {}
    for file in every_file(built):
        name = file.relative_to(built).as_posix()
        if not name.startswith("runtime/") and not other_system(name, platform) and (whole or not name.startswith(ADD_ON)):
            files[name] = File(file, mode=0o755 if name == "bin/ajar" else 0o644)
    natives = PLATFORMS.get(platform)
    for jar in (target / "dist-lib").glob("netty-*-linux-*.jar"):
        # Any system: both, as no archive of that size knows where it will be unpacked.
        if platform == "any" or natives and jar.stem.endswith("-linux-" + natives):
            files["lib/relay/" + jar.name] = File(jar)
    if runtime is not None:
        given = Runtime(runtime, jdk_release)
        given.check(platform, root / "src" / "packaging" / "runtime-modules", even_if_old)
        files |= {"runtime/" + name: file for name, file in given.files().items()}
    # The trained cache fits the very runtime that trained it.
    if runtime is None or runtime.resolve() != (built / "runtime").resolve():
        files.pop("lib/ajar.aot", None)
    add_bill(root, number, files, given.release if runtime is not None else None)
    return Tree(f"ajar-{number}-{platform}", f"ajar-{number}", number, platform, files)


def add_on(root, target):
    """The add-on: its jars, and beside them what tells their licences, so that it goes over an installed program."""
    built = target / "ajar"
    files = {ADD_ON + file.name: File(file) for file in every_file(built / ADD_ON)}
    if not files:
        raise Refused(f"there is no {built / ADD_ON}; run mvn package first")
    number = version(target)
    add_bill(root, number, files, None)
    placed = {name if name.startswith(ADD_ON) else ADD_ON + name: file for name, file in files.items()}
    return Tree(f"ajar-{number}-kubernetes", f"ajar-{number}", number, "kubernetes", placed)


def other_system(name, platform):
    """Whether a file of target/ajar serves another system alone."""
    if name.startswith("lib/relay/") and "-linux-" in name:
        return True
    if name == "bin/ajar":
        return platform == "windows-x64"
    if name == "bin/ajar.cmd":
        return platform not in ("windows-x64", "any")
    return False


def every_file(folder):
    return sorted(file for file in pathlib.Path(folder).rglob("*") if file.is_file())
