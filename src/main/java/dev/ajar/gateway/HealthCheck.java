package dev.ajar.gateway;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The answer of a gateway that still works.
 *
 * @param epoch seconds since the gateway's table began (RFC 6886 section 3.6, RFC 6887 section 8.5); empty for UPnP
 * @param address its address on the internet side; empty where it has none
 * @param tellsAddress whether it said anything about its address
 */
public record HealthCheck(Optional<Long> epoch, Optional<InetAddress> address, boolean tellsAddress) {}
