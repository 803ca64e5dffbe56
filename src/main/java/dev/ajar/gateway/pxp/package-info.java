/**
 * NAT-PMP (RFC 6886) and PCP (RFC 6887): one port, 5351, and one way of asking again. The codecs are pure functions;
 * {@link dev.ajar.gateway.pxp.PxpExchange} does the talking.
 */
@NullMarked
package dev.ajar.gateway.pxp;

import org.jspecify.annotations.NullMarked;
