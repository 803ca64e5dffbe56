/**
 * The router's own interface, with the owner's password: a protocol like the others, but used only where the user names
 * it. The conversations of the makes are in {@code make}; this package knows rules, not makes.
 */
@NullMarked
package dev.ajar.gateway.admin;

import org.jspecify.annotations.NullMarked;
