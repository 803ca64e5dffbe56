/** The search for UPnP devices (UPnP Device Architecture 1.1, section 1.3): jUPnP's messages over our own sockets. */
@NullMarked
package dev.ajar.gateway.upnp.search;

import org.jspecify.annotations.NullMarked;
