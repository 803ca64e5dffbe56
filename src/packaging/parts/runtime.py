"""A Java runtime that assemble was given: is it for that system, whole, and new enough to be given away?"""
import datetime, os, pathlib, re, struct, subprocess

from common import File, Refused

# Security updates of Java come every quarter of a year.
LATEST_WITHIN = datetime.timedelta(days=120)
OLDEST = 21
# Programs of a runtime that ajar does not use.
PROGRAMS = re.compile(r"bin/(?!java(\.exe)?$)[^/]+$")


class Runtime:
    def __init__(self, folder, jdk_release):
        self.folder = pathlib.Path(folder)
        # macOS' archives of Java have it two folders down.
        if (self.folder / "Contents" / "Home").is_dir():
            self.folder = self.folder / "Contents" / "Home"
        names = [self.folder / "bin" / "java", self.folder / "bin" / "java.exe"]
        self.program = next((name for name in names if name.is_file()), None)
        if self.program is None:
            raise Refused(f"{folder} is no Java runtime: it has no bin/java")
        self.release = read_release(self.folder / "release")
        if jdk_release:
            self.release = read_release(jdk_release) | self.release
        if "JAVA_VERSION_DATE" not in self.release:
            self.release |= self.asked()

    def asked(self):
        """What a runtime without these lines says itself, if this machine can run it."""
        try:
            run = subprocess.run([self.program, "-XshowSettings:properties", "-version"], capture_output=True, text=True,
                                 timeout=60, check=False)
        except OSError:
            return {}
        said = dict(re.findall(r"^ +(\S+) = (.*)$", run.stderr, re.M))
        names = {"java.version.date": "JAVA_VERSION_DATE", "java.vendor": "IMPLEMENTOR",
                 "java.vendor.version": "IMPLEMENTOR_VERSION", "java.runtime.version": "JAVA_RUNTIME_VERSION"}
        return {key: said[name] for name, key in names.items() if name in said}

    def check(self, platform, modules_file, even_if_old):
        made_for = machine(self.program)
        if made_for != platform:
            raise Refused(f"{self.folder} is a runtime for {made_for}, not for {platform}")
        number = int(re.match(r"\d+", self.release.get("JAVA_VERSION", "0"))[0])
        if number < OLDEST:
            raise Refused(f"{self.folder} is Java {number}; ajar needs {OLDEST} or newer")
        wanted = set(re.findall(r"^--add-modules (\S+)", modules_file.read_text(), re.M))
        missing = wanted - set(self.release.get("MODULES", "").split())
        if missing:
            raise Refused(f"{self.folder} lacks the modules {', '.join(sorted(missing))}")
        date = self.release.get("JAVA_VERSION_DATE")
        if not even_if_old and (date is None or self.today() - datetime.date.fromisoformat(date) > LATEST_WITHIN):
            raise Refused(f"{self.folder} is of {date or 'unknown date'}, so security updates are missing; take the latest, "
                          "or say --even-if-old for a test (with a linked runtime, --jdk-release tells its date)")

    @staticmethod
    def today():
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return datetime.datetime.fromtimestamp(int(epoch)).date() if epoch else datetime.date.today()

    def files(self):
        found = {}
        for file in sorted(self.folder.rglob("*")):
            name = file.relative_to(self.folder).as_posix()
            if file.is_file() and name != "release" and not (PROGRAMS.match(name) and not name.endswith(".dll")):
                runs = name.startswith("bin/") or name in ("lib/jspawnhelper", "lib/jexec")
                found[name] = File(file, mode=0o755 if runs else 0o644)
        lines = [f'{key}="{value}"\n' for key, value in sorted(self.release.items())]
        found["release"] = File(None, "".join(lines).encode())
        return found


def read_release(file):
    if not file.is_file():
        return {}
    return dict(re.findall(r'^(\w+)="?(.*?)"?$', file.read_text(), re.M))


def machine(program):
    """The system a program is for, from its first bytes: ELF, Mach-O or PE."""
    with open(program, "rb") as stream:
        head = stream.read(4096)
    if head[:4] == b"\x7fELF":
        return {0x3E: "linux-x64", 0xB7: "linux-arm64"}.get(struct.unpack_from("<H", head, 18)[0], "another machine")
    if head[:4] == b"\xcf\xfa\xed\xfe":
        kind = struct.unpack_from("<I", head, 4)[0]
        return {0x01000007: "macos-x64", 0x0100000C: "macos-arm64"}.get(kind, "another machine")
    if head[:2] == b"MZ":
        at = struct.unpack_from("<I", head, 60)[0]
        kind = struct.unpack_from("<H", head, at + 4)[0] if at + 6 <= len(head) else 0
        return {0x8664: "windows-x64"}.get(kind, "another machine")
    return "another machine"
