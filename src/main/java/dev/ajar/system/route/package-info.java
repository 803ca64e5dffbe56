/** Default routes: the kernel's table on Linux, the output of the system's own tools elsewhere. */
@NullMarked
package dev.ajar.system.route;

import org.jspecify.annotations.NullMarked;
