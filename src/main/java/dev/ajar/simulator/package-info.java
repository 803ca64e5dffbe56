/**
 * A small but real home router on loopback: it answers SSDP, serves a description, speaks SOAP for IGD:1 and IGD:2,
 * NAT-PMP and PCP, lets leases run out, and truly forwards TCP and UDP. What it does is a script, so that it can be as
 * awkward as any router ever seen. It shares no code with the clients it is there to try.
 */
@NullMarked
package dev.ajar.simulator;

import org.jspecify.annotations.NullMarked;
