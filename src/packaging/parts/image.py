"""An OCI image as a tar, written without an engine: the files of a Linux archive on a base that is given."""
import gzip, hashlib, io, json, os, tarfile

from archives import SECONDS, write_tar
from common import File, Refused

# A user without a name: no file is this user's, and no port below 1024 is needed to ask a router.
USER = "65532:65532"
# The daemon answers; the shell alone looks at it, for a base without grep.
HEALTHY = """case $(ajar watch --once --json) in *'"kept_by":"'*) ;; *) exit 1 ;; esac"""
OCI = "application/vnd.oci.image."


def write_image(root, tree, out):
    base = os.environ.get("AJAR_IMAGE_BASE", "")
    if not base:
        raise Refused("AJAR_IMAGE_BASE names a tar of the base: a root file system with a C library and /bin/sh")
    architecture = {"linux-x64": "amd64", "linux-arm64": "arm64"}[tree.platform]
    own = {"opt/ajar/" + name: file for name, file in tree.files.items()}
    own["state/.keep"] = File(None, b"")
    layers = [gzip_of(base), layer(own)]
    config = {"architecture": architecture, "os": "linux", "created": "2026-11-23T00:00:00Z",
              "config": {"User": USER, "Entrypoint": ["/opt/ajar/bin/ajar"], "Cmd": ["daemon"],
                         "Env": ["PATH=/opt/ajar/bin:/usr/bin:/bin", "AJAR_STATE_HOME=/state/ajar", "AJAR_CONFIG=/ajar.toml"],
                         "Volumes": {"/state": {}}, "StopSignal": "SIGTERM",
                         "Healthcheck": {"Test": ["CMD-SHELL", HEALTHY],
                                         "Interval": 60_000_000_000, "Timeout": 10_000_000_000, "Retries": 3},
                         "Labels": {"org.opencontainers.image.title": "ajar",
                                    "org.opencontainers.image.version": tree.version}},
              "rootfs": {"type": "layers", "diff_ids": ["sha256:" + plain for plain, _ in layers]},
              "history": [{"created_by": "base"}, {"created_by": "src/packaging/assemble"}]}
    blobs = {}
    manifest = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
                "config": blob(blobs, json.dumps(config).encode(), OCI + "config.v1+json"),
                "layers": [blob(blobs, packed, OCI + "layer.v1.tar+gzip") for _, packed in layers]}
    described = blob(blobs, json.dumps(manifest).encode(), OCI + "manifest.v1+json")
    described["annotations"] = {"org.opencontainers.image.ref.name": tree.version}
    # What "docker load" reads; engines that know OCI read index.json.
    docker = [{"Config": path(manifest["config"]), "RepoTags": [f"ajar:{tree.version}"],
               "Layers": [path(one) for one in manifest["layers"]]}]
    files = {path({"digest": "sha256:" + digest}): File(None, data) for digest, data in blobs.items()}
    files["oci-layout"] = File(None, b'{"imageLayoutVersion": "1.0.0"}')
    files["index.json"] = File(None, json.dumps({"schemaVersion": 2, "manifests": [described]}).encode())
    files["manifest.json"] = File(None, json.dumps(docker).encode())
    archive = out / f"ajar-{tree.version}-image-{architecture}.tar"
    with open(archive, "wb") as stream:
        write_tar(stream, "", files)
    return archive


def path(descriptor):
    return "blobs/" + descriptor["digest"].replace(":", "/")


def blob(blobs, data, kind):
    digest = hashlib.sha256(data).hexdigest()
    blobs[digest] = data
    return {"mediaType": kind, "digest": "sha256:" + digest, "size": len(data)}


def layer(files):
    plain = io.BytesIO()
    write_tar(plain, "", files)
    data = plain.getvalue()
    # The state folder is for any user that the engine chooses; what ajar makes in it is for that user alone.
    owned = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(data)) as read, tarfile.open(fileobj=owned, mode="w", format=tarfile.PAX_FORMAT) as made:
        for one in read:
            if one.name == "state":
                one.uid = one.gid = int(USER.split(":")[0])
                one.mode = 0o1777
            if one.name != "state/.keep":
                made.addfile(one, read.extractfile(one) if one.isfile() else None)
    return packed(owned.getvalue())


def gzip_of(base):
    with open(base, "rb") as stream:
        data = stream.read()
    return packed(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)


def packed(data):
    return hashlib.sha256(data).hexdigest(), gzip.compress(data, 6, mtime=SECONDS)
