/** Closes mappings: finds the entry on the gateway, proves that it is ajar's own, removes it. */
@NullMarked
package dev.ajar.mapping.removal;

import org.jspecify.annotations.NullMarked;
