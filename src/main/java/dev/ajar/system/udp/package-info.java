/** UDP sockets for asking gateways: one that hears a single peer, one that searches a network. */
@NullMarked
package dev.ajar.system.udp;

import org.jspecify.annotations.NullMarked;
