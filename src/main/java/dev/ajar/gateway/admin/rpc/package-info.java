/**
 * Interfaces that call methods of the router by JSON-RPC after a login gave a session. Changes that the router
 * applies only once they are confirmed are staged here.
 */
@NullMarked
package dev.ajar.gateway.admin.rpc;

import org.jspecify.annotations.NullMarked;
