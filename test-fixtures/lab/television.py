#!/usr/bin/env python3
"""A television on the network of ADDRESS: it answers every search by UPnP for any device, and is a MediaRenderer:
television.py ADDRESS. machines.sh runs it."""

import http.server
import socket
import struct
import sys
import threading

GROUP, PORT, PAGES = "239.255.255.250", 1900, 9197
own = sys.argv[1]
UUID = "uuid:6d2f1c1e-0000-4000-8000-000000000077"
DESCRIPTION = f"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType><friendlyName>TV</friendlyName>
<manufacturer>Example</manufacturer><modelName>TV</modelName><UDN>{UUID}</UDN></device></root>""".encode()


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(DESCRIPTION)))
        self.end_headers()
        self.wfile.write(DESCRIPTION)

    def log_message(self, *_):
        pass


pages = http.server.HTTPServer((own, PAGES), Pages)
threading.Thread(target=pages.serve_forever, daemon=True).start()
heard = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
heard.bind((GROUP, PORT))
heard.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(own)))
answers = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
answers.bind((own, 0))
print("ready", flush=True)
while True:
    packet, asker = heard.recvfrom(2048)
    if packet.startswith(b"M-SEARCH"):
        answers.sendto(
            f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://{own}:{PAGES}/d.xml\r\n"
            f"SERVER: TV\r\nST: upnp:rootdevice\r\nUSN: {UUID}::upnp:rootdevice\r\n\r\n".encode(),
            asker,
        )
