/** Runs all finders on all networks at once, ranks the gateways they find, and records why the others failed. */
@NullMarked
package dev.ajar.discovery;

import org.jspecify.annotations.NullMarked;
