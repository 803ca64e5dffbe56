/**
 * A small but real home router on loopback: it answers SSDP, serves a description, speaks SOAP for IGD:1 and IGD:2,
 * NAT-PMP and PCP, lets leases expire, and forwards TCP and UDP. A script says how it behaves, so that it can have the
 * faults of any router. It shares no code with the clients that it tests.
 */
@NullMarked
package dev.ajar.simulator;

import org.jspecify.annotations.NullMarked;
