/** Pinholes in an IPv6 firewall, by UPnP's WANIPv6FirewallControl:1. */
@NullMarked
package dev.ajar.gateway.upnp.pinhole;

import org.jspecify.annotations.NullMarked;
