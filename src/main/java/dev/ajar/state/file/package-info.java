/**
 * The state file on the disk: its format, its lock, its copy and what a power cut or another process leaves of it; and
 * other files of lines beside it.
 */
@NullMarked
package dev.ajar.state.file;

import org.jspecify.annotations.NullMarked;
