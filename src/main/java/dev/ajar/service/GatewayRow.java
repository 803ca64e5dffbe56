package dev.ajar.service;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A gateway that has mappings of ajar's.
 *
 * @param method the protocol, for people
 * @param silent whether its last health checks had no answer
 * @param externalAddress its address on the internet side, as it told it last
 */
public record GatewayRow(String address, String method, boolean silent, Optional<InetAddress> externalAddress) {}
