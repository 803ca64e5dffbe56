/** What can be seen of this machine itself: who listens, what its firewall lets in, whether it is a container. */
@NullMarked
package dev.ajar.system.host;

import org.jspecify.annotations.NullMarked;
