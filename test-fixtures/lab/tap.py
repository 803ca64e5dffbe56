#!/usr/bin/env python3
"""Holds the tap interface NAME of this namespace, as the program behind a container without privileges does, and answers
ARP for every address with CARD: tap.py NAME CARD. Nothing else is answered. machines.sh runs it."""

import fcntl
import os
import struct
import sys

SET_INTERFACE = 0x400454CA
TAP, WITHOUT_HEADER = 0x2, 0x1000

name, card = sys.argv[1], bytes.fromhex(sys.argv[2].replace(":", ""))
tap = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tap, SET_INTERFACE, struct.pack("16sH", name.encode(), TAP | WITHOUT_HEADER))
print("ready", flush=True)
while True:
    frame = os.read(tap, 2048)
    if frame[12:14] == b"\x08\x06" and frame[20:22] == b"\x00\x01":
        asker, its, wanted = frame[6:12], frame[28:32], frame[38:42]
        os.write(tap, asker + card + b"\x08\x06" + frame[14:20] + b"\x00\x02" + card + wanted + asker + its)
