"""Prints the table of the ports that the ajar daemon keeps open, and again after every change (docs/control.md)."""
import json, os, pathlib, socket
state = pathlib.Path(os.environ.get("AJAR_STATE_HOME") or os.path.expanduser("~/.local/state/ajar"))
daemon = socket.socket(socket.AF_UNIX)
daemon.connect((state / "daemon").read_text().strip())
daemon.sendall(b'{"ajar":3,"request":"follow"}\n')
for document in map(json.loads, filter(lambda line: line.startswith("{"), daemon.makefile())):
    for row in document["mappings"]:
        print(row["mapping"], row["goes_to"] or "-", row["state"], row["last"], sep="\t")
    print(flush=True)
