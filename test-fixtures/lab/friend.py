"""What a friend on the internet does with a real server at home. Prints one line, or fails.

    friend.py web ADDRESS PORT PATH       fetches a page
    friend.py ftp ADDRESS PORT NAME       logs in to FTP and fetches a file, in passive mode, where the server says
    friend.py ftp-active ADDRESS PORT NAME [OWN-ADDRESS OWN-PORT]
                                          the same in active mode: the server connects to this machine, where it is told
    friend.py teeworlds ADDRESS PORT      the handshake of Teeworlds 0.7
    friend.py luanti ADDRESS PORT         the handshake of Luanti, once called Minetest
    friend.py rdp ADDRESS PORT            the beginning of a Remote Desktop connection (X.224)
    friend.py vnc ADDRESS PORT            the beginning of a VNC connection (RFB), up to how to log in
    friend.py torrent ADDRESS PORT FILE   BitTorrent: fetches what the small torrent file names
    friend.py udp ADDRESS PORT TEXT       sends a datagram, prints the answer
"""

import ftplib
import hashlib
import re
import socket
import sys
import urllib.request

SECONDS = 5


def web(address, port, path):
    with urllib.request.urlopen(f"http://{address}:{port}/{path}", timeout=SECONDS) as answer:
        return answer.read().decode().strip()


class TellsAnotherAddress(ftplib.FTP):
    """Behind a router: waits on that port, and tells the server the router's address."""

    own = None

    def makeport(self):
        if not self.own:
            return super().makeport()
        address, port = self.own
        waiting = socket.create_server(("", int(port)), backlog=1)
        waiting.settimeout(SECONDS)
        self.sendport(address, int(port))
        return waiting


def ftp_active(address, port, name, *own):
    return ftp(address, port, name, active=True, own=own)


def ftp(address, port, name, active=False, own=None):
    connection = TellsAnotherAddress(timeout=SECONDS)
    connection.set_pasv(not active)
    connection.own = own
    connection.trust_server_pasv_ipv4_address = True
    connection.connect(address, int(port))
    connection.login()
    lines = []
    connection.retrlines("RETR " + name, lines.append)
    connection.quit()
    return " ".join(lines)


def asked(address, port, packet):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as game:
        game.settimeout(SECONDS)
        game.sendto(packet, (address, int(port)))
        return game.recvfrom(2048)[0]


def teeworlds(address, port):
    own = b"\x01\x02\x03\x04"
    request = b"\x04\x00\x00" + b"\xff" * 4 + b"\x05" + own
    answer = asked(address, port, request.ljust(7 + 512, b"\x00"))
    # A control packet with our token, in which the server gives us its own.
    if answer[0] != 0x04 or answer[3:7] != own or answer[7] != 0x05:
        raise ValueError(answer.hex())
    return "a token of " + str(len(answer[8:12])) + " bytes"


def luanti(address, port):
    # Its protocol, from a peer that has no number yet, on channel 0: a packet without anything in it.
    answer = asked(address, port, b"\x4fEt\x03" + b"\x00\x00" + b"\x00" + b"\x01")
    # From the server (peer 1), reliable: the control packet that gives us our number.
    if len(answer) != 14 or answer[:7] != b"\x4fEt\x03\x00\x01\x00" or answer[7] != 3 or answer[10:12] != b"\x00\x01":
        raise ValueError(answer.hex())
    return "a place among the players"


def rdp(address, port):
    request = bytes.fromhex("030000130ee000000000000100080003000000")
    with socket.create_connection((address, int(port)), timeout=SECONDS) as desktop:
        desktop.settimeout(SECONDS)
        desktop.sendall(request)
        answer = desktop.recv(64)
    # TPKT, then Connection Confirm.
    if answer[:2] != b"\x03\x00" or answer[5] != 0xD0:
        raise ValueError(answer.hex())
    return "a desktop answers"


def vnc(address, port):
    with socket.create_connection((address, int(port)), timeout=SECONDS) as desktop:
        stream = desktop.makefile("rb")
        version = stream.read(12)
        if not re.fullmatch(rb"RFB 00\d\.00\d\n", version):
            raise ValueError(version)
        desktop.sendall(version)
        kinds = stream.read(stream.read(1)[0])
    # 2 is the password of VNC.
    return "a desktop that asks for a password" if 2 in kinds else "other kinds: " + kinds.hex()


def torrent(address, port, file):
    """One piece of at most one block, in plain BitTorrent (BEP 3)."""
    with open(file, "rb") as stream:
        text = stream.read()
    # The dictionary of one file without a signature ends with the file.
    info = text[text.index(b"4:info") + 6 : -1]
    length = int(re.search(rb"6:lengthi(\d+)e", info)[1])
    pieces = info[info.index(b"6:pieces") :]
    begin = b"\x13BitTorrent protocol" + bytes(8)
    ours = begin + hashlib.sha1(info).digest() + b"-AJ0001-123456789012"
    with socket.create_connection((address, int(port)), timeout=SECONDS) as peer:
        # A peer decides every ten seconds whom to serve.
        peer.settimeout(25)
        stream = peer.makefile("rb")
        # Interested.
        peer.sendall(ours + b"\0\0\0\1\2")
        theirs = stream.read(68)
        if theirs[:20] != ours[:20] or theirs[28:48] != ours[28:48]:
            raise ValueError(theirs.hex())
        while True:
            size = int.from_bytes(stream.read(4), "big")
            message = stream.read(size) if size else b"\xff"
            if message[0] == 1:
                block = bytes(8) + length.to_bytes(4, "big")
                peer.sendall(len(b"\6" + block).to_bytes(4, "big") + b"\6" + block)
            elif message[0] == 7:
                if hashlib.sha1(message[9:]).digest() not in pieces:
                    raise ValueError("another piece")
                return message[9:].decode().strip()


def udp(address, port, text):
    return asked(address, port, text.encode()).decode()


DEEDS = {
    "web": web,
    "ftp": ftp,
    "ftp-active": ftp_active,
    "teeworlds": teeworlds,
    "luanti": luanti,
    "rdp": rdp,
    "vnc": vnc,
    "torrent": torrent,
    "udp": udp,
}

if __name__ == "__main__":
    print(DEEDS[sys.argv[1]](*sys.argv[2:]))
