/** The two ways to run another program: to its end within bounds, or beside this process and watched. */
@NullMarked
package dev.ajar.system.process;

import org.jspecify.annotations.NullMarked;
