/** UPnP Internet Gateway Devices: finding them and mapping through WANIPConnection and WANPPPConnection. */
@NullMarked
package dev.ajar.gateway.upnp.control;

import org.jspecify.annotations.NullMarked;
