#!/usr/bin/env python3
"""Prints the ports that the ajar daemon keeps open, and again whenever something changes (docs/control.md)."""
import json, os, pathlib, socket, sys


def connect(state):
    try:
        place = pathlib.Path((state / "daemon").read_text().strip())
        return by_token(json.loads(place.read_text())) if place.suffix == ".tcp" else by_socket(place)
    except (FileNotFoundError, ConnectionRefusedError):
        sys.exit(f"no ajar daemon runs with the state folder {state}: start one with ajar daemon")
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"cannot reach the ajar daemon: {error}; run this as the daemon's user")


def by_socket(place):
    daemon = socket.socket(socket.AF_UNIX)
    daemon.connect(str(place))
    return daemon


def by_token(file):
    daemon = socket.create_connection(("127.0.0.1", file["port"]), timeout=3)
    daemon.sendall(file["token"].encode() + b"\n")
    if daemon.recv(len(file["proof"]) + 1, socket.MSG_WAITALL).decode().strip() != file["proof"]:
        raise ConnectionRefusedError("another program has taken the port")
    daemon.settimeout(None)
    return daemon


def follow(daemon):
    daemon.sendall(b'{"ajar":3,"request":"follow"}\n')
    for line in daemon.makefile():
        if line.startswith("{"):
            document = json.loads(line)
            if "mappings" not in document:
                sys.exit(document.get("error", {}).get("message", "the ajar daemon has another version: restart it"))
            for row in document["mappings"]:
                print(row["mapping"], row["goes_to"] or "-", row["state"], row["last"], sep="\t", flush=True)
    sys.exit("the ajar daemon has ended")


if __name__ == "__main__":
    try:
        follow(connect(pathlib.Path(os.environ.get("AJAR_STATE_HOME") or os.path.expanduser("~/.local/state/ajar"))))
    except KeyboardInterrupt:
        sys.exit(130)
