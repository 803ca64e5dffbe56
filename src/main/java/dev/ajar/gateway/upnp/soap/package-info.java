/** SOAP as routers speak it: one exact way of writing, one forgiving way of reading (docs/decisions/0004). */
@NullMarked
package dev.ajar.gateway.upnp.soap;

import org.jspecify.annotations.NullMarked;
