/**
 * Reads descriptions into jUPnP's device model and the services that can map ports: leniently, without harm, and with
 * every address checked.
 */
@NullMarked
package dev.ajar.gateway.upnp.description;

import org.jspecify.annotations.NullMarked;
