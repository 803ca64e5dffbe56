/** Reads the configuration file and reports its mistakes by line. */
@NullMarked
package dev.ajar.config;

import org.jspecify.annotations.NullMarked;
