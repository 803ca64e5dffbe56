"""The files of a Linux package, and the .deb and .rpm made of them."""
import gzip, hashlib, os, pathlib, shutil, subprocess, tempfile

from archives import SECONDS
from common import File, Refused

ARCHITECTURES = {"linux-x64": ("amd64", "x86_64"), "linux-arm64": ("arm64", "aarch64")}
# Until the project has an owner with an address.
MAINTAINER = os.environ.get("AJAR_MAINTAINER", "The ajar project <ajar@localhost.invalid>")


def layout(root, tree, zsh):
    """Where the files of an archive go on a Linux machine, whose zsh looks for its completions in that folder."""
    linux = root / "src" / "packaging" / "linux"
    files = {}
    for name, file in tree.files.items():
        if name.startswith("share/man/"):
            files["usr/" + name + ".gz"] = compressed(file.read())
        elif not name.startswith("share/") and not name.startswith("licenses/") and name not in ("NOTICE", "sbom.cdx.json"):
            files["usr/lib/ajar/" + name] = file
    share = "usr/share/"
    files[share + "bash-completion/completions/ajar"] = tree.files["share/completions/ajar"]
    files[f"{share}zsh/{zsh}/_ajar"] = tree.files["share/completions/_ajar"]
    files[share + "fish/vendor_completions.d/ajar.fish"] = tree.files["share/completions/ajar.fish"]
    files["usr/lib/systemd/system/ajar.service"] = File(linux / "ajar.service")
    files["usr/lib/systemd/user/ajar.service"] = File(linux / "user" / "ajar.service")
    files["etc/ajar/ajar.toml"] = File(linux / "ajar.toml")
    doc = share + "doc/ajar/"
    files[doc + "copyright"] = File(None, copyright_text(tree).encode())
    files[doc + "NOTICE"] = tree.files["NOTICE"]
    files[doc + "sbom.cdx.json.gz"] = compressed(tree.files["sbom.cdx.json"].read())
    files[doc + "changelog.gz"] = compressed((root / "CHANGELOG.md").read_bytes())
    return files


def copyright_text(tree):
    """All licences in one file, where Debian's users look for them."""
    texts = [name for name in sorted(tree.files) if name.startswith("licenses/")]
    parts = ["The licence of ajar itself is not decided yet.\n\n" + tree.files["licenses/THIRD-PARTY.txt"].read().decode()]
    for name in texts:
        if not name.endswith(("THIRD-PARTY.txt", "Apache-2.0.txt")):
            parts.append(f"\n==== {name}\n\n{tree.files[name].read().decode()}")
    parts.append("\n==== licenses/Apache-2.0.txt\n\nOn Debian systems: /usr/share/common-licenses/Apache-2.0\n\n"
                 "The runtime's licences are in /usr/lib/ajar/runtime/legal.\n")
    return "".join(parts)


def compressed(data):
    return File(None, gzip.compress(data, 9, mtime=0))


def write_deb(root, tree, out, compression):
    if shutil.which("dpkg-deb") is None:
        raise Refused("a .deb is made by dpkg-deb, which is not here")
    architecture = ARCHITECTURES[tree.platform][0]
    deb = root / "src" / "packaging" / "linux" / "deb"
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder) / "root"
        files = layout(root, tree, "vendor-completions")
        files["usr/share/lintian/overrides/ajar"] = File(deb / "lintian-overrides")
        files["usr/share/doc/ajar/changelog.Debian.gz"] = compressed(
            f"ajar ({tree.version}) unstable; urgency=medium\n\n  * See changelog.gz.\n\n -- {MAINTAINER}  "
            "Mon, 23 Nov 2026 00:00:00 +0000\n".encode())
        size = lay(files, stage)
        control = (deb / "control").read_text()
        for word, value in {"VERSION": tree.version, "ARCH": architecture, "MAINTAINER": MAINTAINER,
                            "SIZE": str(size // 1024)}.items():
            control = control.replace(f"@{word}@", value)
        put(stage / "DEBIAN" / "control", control.encode(), 0o644)
        put(stage / "DEBIAN" / "conffiles", b"/etc/ajar/ajar.toml\n", 0o644)
        sums = [f"{hashlib.md5(file.read()).hexdigest()}  {name}\n" for name, file in sorted(files.items())
                if not name.startswith("etc/")]
        put(stage / "DEBIAN" / "md5sums", "".join(sums).encode(), 0o644)
        for script in ("postinst", "prerm", "postrm"):
            put(stage / "DEBIAN" / script, (deb / script).read_bytes(), 0o755)
        archive = out / f"ajar_{tree.version}_{architecture}.deb"
        run(["dpkg-deb", "--root-owner-group", f"-Z{compression}", *(["-z1"] if compression == "gzip" else []), "--build", stage, archive])
    return archive


def write_rpm(root, tree, out, compression):
    if shutil.which("rpmbuild") is None:
        raise Refused("a .rpm is made by rpmbuild, which is not here")
    architecture = ARCHITECTURES[tree.platform][1]
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder) / "root"
        lay(layout(root, tree, "site-functions"), stage)
        spec = (root / "src" / "packaging" / "linux" / "ajar.spec").read_text()
        for word, value in {"VERSION": tree.version, "STAGE": str(stage),
                            "PAYLOAD": {"xz": "w6.xzdio", "gzip": "w1.gzdio"}[compression]}.items():
            spec = spec.replace(f"@{word}@", value)
        put(pathlib.Path(folder) / "ajar.spec", spec.encode(), 0o644)
        run(["rpmbuild", "-bb", "--quiet", "--target", f"{architecture}-linux", "--define", f"_topdir {folder}/rpm",
             pathlib.Path(folder) / "ajar.spec"])
        made = next(pathlib.Path(folder, "rpm", "RPMS").rglob("*.rpm"))
        return pathlib.Path(shutil.copy(made, out / made.name))


def lay(files, stage):
    """Writes the files and returns their bytes in all."""
    for name, file in files.items():
        put(stage / name, file.read(), file.mode)
    link = stage / "usr" / "bin" / "ajar"
    link.parent.mkdir(parents=True)
    link.symlink_to("../lib/ajar/bin/ajar")
    # The trained cache remembers the times of the jars.
    for path in stage.rglob("*"):
        os.utime(path, (SECONDS, SECONDS), follow_symlinks=False)
    return sum(path.stat().st_size for path in stage.rglob("*") if path.is_file())


def put(path, data, mode):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o755)
    path.write_bytes(data)
    path.chmod(mode)


def run(command):
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(SECONDS)}
    done = subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"{command[0]} failed: {done.stderr.strip()}")
