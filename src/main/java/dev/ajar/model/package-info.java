/**
 * The words of the field as immutable values: ports, protocols, wishes, leases, failures.
 *
 * <p>Lowest layer: depends on the JDK alone and does nothing but describe. Names follow RFC 6886 (NAT-PMP), RFC 6887
 * (PCP) and the UPnP Forum's WANIPConnection documents.
 */
@NullMarked
package dev.ajar.model;

import org.jspecify.annotations.NullMarked;
