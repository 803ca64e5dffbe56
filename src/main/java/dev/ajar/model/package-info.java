/**
 * The terms of port mapping as immutable values: ports, protocols, mappings, leases, failures.
 *
 * <p>The lowest layer: it depends on the JDK and on messages only. Names follow RFC 6886 (NAT-PMP), RFC 6887 (PCP) and
 * the UPnP Forum's WANIPConnection documents.
 */
@NullMarked
package dev.ajar.model;

import org.jspecify.annotations.NullMarked;
