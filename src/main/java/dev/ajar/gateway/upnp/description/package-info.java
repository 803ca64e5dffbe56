/**
 * From a description's bytes to the services that can map ports: read leniently and harmlessly, repaired, bound to
 * jUPnP's device model, every address in it checked.
 */
@NullMarked
package dev.ajar.gateway.upnp.description;

import org.jspecify.annotations.NullMarked;
