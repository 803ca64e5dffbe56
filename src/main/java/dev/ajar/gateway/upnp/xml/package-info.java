/**
 * A small, lenient, harmless XML reader for what routers send: no namespaces, no DTD, no entities but the five, bounded
 * depth and size, and no error where the meaning is clear.
 */
@NullMarked
package dev.ajar.gateway.upnp.xml;

import org.jspecify.annotations.NullMarked;
