"""The installer for Windows, made by makensis, which runs on any system."""
import os, pathlib, shutil, subprocess, tempfile

from archives import SECONDS
from common import Refused

# Wine starts no 32-bit program. NSIS's own releases have no other stub, and Windows starts both.
STUB64 = pathlib.Path(os.environ.get("NSISDIR", "/usr/share/nsis"), "Stubs", "lzma-amd64-unicode")


def write_installer(root, tree, out, fast):
    if tree.platform != "windows-x64":
        raise Refused(f"the installer is for windows-x64, not for {tree.platform}")
    if shutil.which("makensis") is None:
        raise Refused("an installer is made by makensis, which is not here (Debian: nsis)")
    setup = out / f"{tree.name}-setup.exe"
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder)
        size = lay(tree, stage / "files")
        (stage / "files.nsh").write_text(additions(tree.files, stage / "files"))
        (stage / "removal.nsh").write_text(removals(tree.files))
        defines = {"VERSION": tree.version, "STAGE": stage, "OUT": setup.resolve(), "SIZE": size // 1024}
        defines |= {name: "" for name, wanted in (("STUB64", STUB64.exists()), ("FAST", fast)) if wanted}
        script = root / "src" / "packaging" / "windows" / "installer.nsi"
        made = subprocess.run(["makensis", "-V2", "-NOCD", *(f"-D{name}={value}" for name, value in defines.items()), script],
                              capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(SECONDS)})
    if made.returncode != 0:
        raise Refused(f"makensis failed: {made.stdout}{made.stderr}")
    return setup


def lay(tree, stage):
    """Writes the files where the script finds them, all of one time; their bytes together."""
    size = 0
    for name, file in tree.files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = file.read()
        path.write_bytes(data)
        os.utime(path, (SECONDS, SECONDS))
        size += len(data)
    return size


def additions(names, stage):
    lines, folder = [], None
    for name in sorted(names, key=lambda each: (each.rpartition("/")[0], each)):
        if name.rpartition("/")[0] != folder:
            folder = name.rpartition("/")[0]
            lines.append(f'SetOutPath "{installed(folder)}"')
        lines.append(f'File "{quoted(str(stage / name))}"')
    return "\n".join(lines) + "\n"


def removals(names):
    """Each file, and then each folder that nothing else is left in, the deepest first."""
    folders = {parent.as_posix() for name in names for parent in pathlib.PurePosixPath(name).parents if parent.name}
    deepest = sorted(folders, key=lambda each: (-each.count("/"), each))
    return "".join([f'Delete "{installed(name)}"\n' for name in sorted(names)]
                   + [f'RMDir "{installed(name)}"\n' for name in deepest])


def installed(name):
    return "$INSTDIR" + "".join("\\" + quoted(part) for part in name.split("/") if part)


def quoted(text):
    """For a string of NSIS, in which a dollar begins a variable."""
    if '"' in text or "\n" in text:
        raise Refused(f"no file of an installer may be called {text!r}")
    return text.replace("$", "$$")
