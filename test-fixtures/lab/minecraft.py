"""What a friend's Minecraft does, in the words of the Java Edition's protocol (offline mode). Prints one line, or fails.

    minecraft.py ping ADDRESS PORT     what the list of servers shows
    minecraft.py join ADDRESS PORT     logs in, goes into the game, and prints the first line of its chat
"""

import json
import re
import socket
import sys
import uuid
import zlib

SECONDS = 10
# Packets by state; their numbers are those of 1.21.11.
LOGIN_SUCCESS, SET_COMPRESSION = 2, 3
FINISH_CONFIGURATION, KNOWN_PACKS = 3, 14


def number(value):
    """A VarInt."""
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def text(value):
    return number(len(value.encode())) + value.encode()


class Connection:
    def __init__(self, address, port):
        self.address, self.port = address, int(port)
        self.socket = socket.create_connection((address, self.port), timeout=SECONDS)
        self.stream = self.socket.makefile("rb")
        self.threshold = -1

    def read_number(self, stream):
        value = shift = 0
        while True:
            byte = stream.read(1)
            if not byte or shift > 28:
                raise EOFError("the server has ended the connection")
            value |= (byte[0] & 0x7F) << shift
            shift += 7
            if byte[0] < 0x80:
                return value

    def send(self, packet, content=b""):
        data = number(packet) + content
        if self.threshold >= 0:
            big = len(data) >= self.threshold
            data = number(len(data) if big else 0) + (zlib.compress(data) if big else data)
        self.socket.sendall(number(len(data)) + data)

    def receive(self):
        """The number of a packet, and its content."""
        data = self.stream.read(self.read_number(self.stream))
        if self.threshold >= 0:
            size, data = split(data)
            data = zlib.decompress(data) if size else data
        return split(data)

    def shake_hands(self, version, then):
        self.send(0, number(version) + text(self.address) + self.port.to_bytes(2, "big") + number(then))


def split(data):
    value = shift = 0
    for index, byte in enumerate(data):
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, data[index + 1 :]
    raise EOFError("half a number")


def status(address, port):
    server = Connection(address, port)
    server.shake_hands(0, 1)
    server.send(0)
    _, content = server.receive()
    answer = json.loads(split(content)[1])
    server.send(1, bytes(8))
    if server.receive() != (1, bytes(8)):
        raise ValueError("another pong")
    return answer["version"]


def ping(address, port):
    return "a server of " + status(address, port)["name"]


def join(address, port):
    version = status(address, port)["protocol"]
    server = Connection(address, port)
    server.shake_hands(version, 2)
    server.send(0, text("Friend") + uuid.uuid4().bytes)
    packet, content = server.receive()
    while packet != LOGIN_SUCCESS:
        if packet != SET_COMPRESSION:
            raise ValueError(f"packet {packet} while logging in: {content!r}")
        server.threshold = split(content)[0]
        packet, content = server.receive()
    server.send(3)
    while packet != FINISH_CONFIGURATION or content:
        packet, content = server.receive()
        if packet == KNOWN_PACKS:
            server.send(7, content)
    server.send(3)
    while True:
        _, content = server.receive()
        line = re.search(rb"(Friends|Only) [ -~]+", content)
        if line:
            return line[0].decode()


if __name__ == "__main__":
    print({"ping": ping, "join": join}[sys.argv[1]](*sys.argv[2:]))
