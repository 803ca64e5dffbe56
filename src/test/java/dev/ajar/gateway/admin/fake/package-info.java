/**
 * Routers' own interfaces over real sockets, with state, and stricter than the routers: an unknown member, a missing
 * header or a wrong order fails. Each states the facts it stands on. They come from our own reading, so they prove
 * nothing about a router.
 */
@NullMarked
package dev.ajar.gateway.admin.fake;

import org.jspecify.annotations.NullMarked;
