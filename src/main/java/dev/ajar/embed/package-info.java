/** ajar inside another program: a keeper on a thread of its own, for ports that come and go while the program runs. */
@NullMarked
package dev.ajar.embed;

import org.jspecify.annotations.NullMarked;
