package dev.ajar.cli.input;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

/**
 * One port to be relayed.
 *
 * @param external on the internet side
 * @param listen on this machine
 */
public record RelayWish(Protocol protocol, Port external, Port listen, Endpoint device) {}
