/** Looks at this machine: which programs listen, what its firewall lets in, whether it is a container. */
@NullMarked
package dev.ajar.system.host;

import org.jspecify.annotations.NullMarked;
