/** The launch hook: runs a program and keeps its ports open meanwhile. */
@NullMarked
package dev.ajar.launch;

import org.jspecify.annotations.NullMarked;
