/** Looks at what is open: the state file, compared with what the gateways tell. */
@NullMarked
package dev.ajar.mapping.status;

import org.jspecify.annotations.NullMarked;
