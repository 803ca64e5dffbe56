#!/bin/sh
# Starts a server and keeps its port open while it runs. The part after the two dashes is your own command.
#
#   SERVER="java -Xmx2G -jar server.jar nogui" examples/start.sh
set -eu

# Split into words on purpose.
# shellcheck disable=SC2086
exec "${AJAR:-ajar}" run --open "${PORT:-25565}" -- ${SERVER:-java -Xmx2G -jar server.jar nogui}
