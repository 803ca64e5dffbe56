/** The daemon: starts in order, keeps what is wanted open, tells what changes, and closes it again at the end. */
@NullMarked
package dev.ajar.daemon;

import org.jspecify.annotations.NullMarked;
