#!/usr/bin/env python3
"""The parts of a container without an engine: a base image from this machine's own files, and a bundle for runc.

  image.py base BASE.tar                    /bin/sh and the C library of this machine, nothing else
  image.py bundle IMAGE.tar FOLDER NETNS    unpacks the image and writes config.json: the network namespace NETNS
                                            (its name), a read-only root, the image's own user, entrypoint, environment
  image.py bundle IMAGE.tar FOLDER NETNS UID [STATE]
                                            the same for another user: with STATE as an engine makes a volume, with the
                                            owner and mode of the image's own folder; or on a root that is not read-only
  image.py health IMAGE.tar                 the image's health check, as one command line for sh -c
"""
import json, pathlib, re, subprocess, sys, tarfile


def base(out):
    libraries = set()
    for program in ["/bin/sh", sys.executable]:
        told = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        libraries |= set(re.findall(r"(/\S+)", told))
    wanted = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "ld-linux")
    needed = [one for one in sorted(libraries) if pathlib.Path(one).name.startswith(wanted)]
    folder = pathlib.Path(needed[0]).parent
    needed += [str(folder / name) for name in ["libdl.so.2", "libpthread.so.0", "librt.so.1", "libm.so.6"]]
    with tarfile.open(out, "w", dereference=True) as tar:
        for one in ["/bin/sh", *sorted(set(needed))]:
            tar.add(one, one.lstrip("/"))
        for name in ["tmp", "proc", "dev", "sys", "etc"]:
            made = tarfile.TarInfo(name)
            made.type, made.mode = tarfile.DIRTYPE, 0o1777 if name == "tmp" else 0o755
            tar.addfile(made)


def configuration(image):
    with tarfile.open(image) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))[0]
        return manifest, json.load(tar.extractfile(manifest["Config"]))["config"]


def bundle(image, folder, namespace, other=None, volume=None):
    manifest, config = configuration(image)
    root = pathlib.Path(folder) / "rootfs"
    root.mkdir(parents=True)
    with tarfile.open(image) as tar:
        for layer in manifest["Layers"]:
            with tarfile.open(fileobj=tar.extractfile(layer)) as files:
                files.extractall(root)
    (root / "ajar.toml").touch()
    user, group = map(int, config["User"].split(":"))
    if other:
        user = group = int(other)
        state = volume and pathlib.Path(volume)
        if state:
            subprocess.run(["cp", "-a", root / "state", state], check=True)
    else:
        state = pathlib.Path(folder) / "state"
        state.mkdir()
        subprocess.run(["chown", f"{user}:{group}", state], check=True)
        state.chmod(0o700)
    quiet = ["nosuid", "noexec", "nodev"]
    mounts = [
        {"destination": "/proc", "type": "proc", "source": "proc"},
        {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=1m"]},
        {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": quiet[:1] + ["nodev", "mode=1777", "size=64m"]},
        {"destination": "/sys", "type": "none", "source": "/sys", "options": ["rbind", "ro", *quiet]},
    ]
    if state:
        mounts.append({"destination": "/state", "type": "none", "source": str(state), "options": ["rbind", "rw", "nosuid"]})
    spec = {
        "ociVersion": "1.0.2",
        "process": {"terminal": False, "user": {"uid": user, "gid": group}, "cwd": "/", "noNewPrivileges": True,
                    "args": config["Entrypoint"] + config["Cmd"], "env": config["Env"], "capabilities": {}},
        "root": {"path": "rootfs", "readonly": bool(state)},
        "hostname": "home-server",
        "mounts": mounts,
        "linux": {"namespaces": [{"type": "pid"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"},
                                 {"type": "network", "path": f"/run/netns/{namespace}"}]},
    }
    (pathlib.Path(folder) / "config.json").write_text(json.dumps(spec, indent=1))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["base", out]:
            base(out)
        case ["bundle", image, folder, namespace, *other]:
            bundle(image, folder, namespace, *other)
        case ["health", image]:
            print(configuration(image)[1]["Healthcheck"]["Test"][1])
        case _:
            sys.exit(__doc__)
