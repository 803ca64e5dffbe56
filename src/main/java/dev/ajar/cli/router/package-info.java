/** The commands for the router's own interface. */
@NullMarked
package dev.ajar.cli.router;

import org.jspecify.annotations.NullMarked;
