#!/usr/bin/env python3
"""Prints the ports that the ajar daemon keeps open, and again whenever something changes (docs/control.md)."""
import json, os, pathlib, socket

state = pathlib.Path(os.environ.get("AJAR_STATE_HOME") or os.path.expanduser("~/.local/state/ajar"))
with socket.socket(socket.AF_UNIX) as daemon:
    daemon.connect((state / "daemon").read_text().strip())
    daemon.sendall(b'{"ajar":3,"request":"follow"}\n')
    for line in daemon.makefile():
        if line.startswith("{"):
            for row in json.loads(line)["mappings"]:
                print(row["mapping"], row["goes_to"] or "-", row["state"], row["last"], sep="\t", flush=True)
