/**
 * The picture of this machine: its links, addresses, routes, rules, and the ways its kernel takes. Values only;
 * {@code system.capture} takes the picture.
 */
@NullMarked
package dev.ajar.system.machine;

import org.jspecify.annotations.NullMarked;
