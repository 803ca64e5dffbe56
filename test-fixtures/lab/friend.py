"""What a friend on the internet does with a real server at home. Prints one line, or fails.

    friend.py web ADDRESS PORT PATH       fetches a page
    friend.py ftp ADDRESS PORT NAME       logs in to FTP and fetches a file, in passive mode, where the server says
    friend.py teeworlds ADDRESS PORT      the handshake of Teeworlds 0.7
    friend.py rdp ADDRESS PORT            the beginning of a Remote Desktop connection (X.224)
    friend.py udp ADDRESS PORT TEXT       sends a datagram, prints the answer
"""

import ftplib
import socket
import sys
import urllib.request

SECONDS = 5


def web(address, port, path):
    with urllib.request.urlopen(f"http://{address}:{port}/{path}", timeout=SECONDS) as answer:
        return answer.read().decode().strip()


def ftp(address, port, name):
    connection = ftplib.FTP(timeout=SECONDS)
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


def udp(address, port, text):
    return asked(address, port, text.encode()).decode()


DEEDS = {"web": web, "ftp": ftp, "teeworlds": teeworlds, "rdp": rdp, "udp": udp}

if __name__ == "__main__":
    print(DEEDS[sys.argv[1]](*sys.argv[2:]))
