"""Writes archives whose bytes depend on the files alone: names in order, one time, no owner."""
import calendar, gzip, hashlib, io, os, tarfile, zipfile

# The time of pom.xml's project.build.outputTimestamp, which the jars and the cache in them have too.
TIME = (2026, 11, 23, 0, 0, 0)
SECONDS = int(os.environ.get("SOURCE_DATE_EPOCH") or calendar.timegm(TIME))


def write_archive(files, out, platform):
    """A zip for Windows and for any system, a tar.gz for the others."""
    suffix = ".zip" if platform in ("windows-x64", "any") else ".tar.gz"
    archive = out / (files.name + suffix)
    if suffix == ".zip":
        write_zip(files, archive)
    else:
        with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=SECONDS) as packed:
            write_tar(packed, files.prefix, files.files)
    return archive


def write_checksum(archive):
    """A line for sha256sum -c beside the archive."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(f"{digest}  {archive.name}\n")


def write_zip(files, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in sorted(files.files):
            entry = zipfile.ZipInfo(f"{files.prefix}/{name}", TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | files.files[name].mode) << 16
            packed.writestr(entry, files.files[name].read())


def write_tar(stream, prefix, files):
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as packed:
        folders = set()
        for name in sorted(files):
            path = f"{prefix}/{name}" if prefix else name
            parts = path.split("/")
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder not in folders:
                    folders.add(folder)
                    packed.addfile(entry(folder, 0o755, tarfile.DIRTYPE))
            data = files[name].read()
            packed.addfile(entry(path, files[name].mode, tarfile.REGTYPE, len(data)), io.BytesIO(data))


def entry(path, mode, kind, size=0):
    made = tarfile.TarInfo(path)
    made.type, made.mode, made.size, made.mtime = kind, mode, size, SECONDS
    return made
