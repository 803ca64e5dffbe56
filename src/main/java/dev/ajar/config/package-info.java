/** The configuration file: what it may say, and what is wrong with it, by line. */
@NullMarked
package dev.ajar.config;

import org.jspecify.annotations.NullMarked;
