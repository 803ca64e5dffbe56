/** UPnP Internet Gateway Devices: the protocol's traits, and the handles of its mappings. */
@NullMarked
package dev.ajar.gateway.upnp;

import org.jspecify.annotations.NullMarked;
