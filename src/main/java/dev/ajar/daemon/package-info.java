/** The daemon: keeps mappings open, runs programs on changes, answers commands, and closes its ports when it stops. */
@NullMarked
package dev.ajar.daemon;

import org.jspecify.annotations.NullMarked;
