/** Runs a program with its ports open beside it: the launch hook. */
@NullMarked
package dev.ajar.launch;

import org.jspecify.annotations.NullMarked;
