#!/bin/sh
# Tells Transmission the port that a VPN's provider has given (docs/beyond.md), whenever it changes. Peers are told
# Transmission's own port, so it has to listen on the one that the internet sees. In ajar.toml:
#
#   [[mapping]]
#   external = 51413
#   external_port = "any"
#   protocol = "both"
#   gateway = "10.2.0.1"
#   lease = "60s"
#   on_change = ["/usr/local/bin/transmission-port.sh"]
#
# It needs transmission-remote (Debian: transmission-cli). Another address than 127.0.0.1:9091, or a password, comes as
# arguments: on_change = ["….sh", "127.0.0.1:9092", "--auth", "user:password"]
set -eu

case $AJAR_EVENT in
    opened | repaired) ;;
    *) exit 0 ;;
esac
# TCP and UDP get the same port there: once is enough.
[ "$AJAR_PROTOCOL" = tcp ] || exit 0
[ $# -gt 0 ] || set -- 127.0.0.1:9091
exec transmission-remote "$@" --port "$AJAR_EXTERNAL_PORT"
