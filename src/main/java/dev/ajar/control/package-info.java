/** How commands talk to a daemon on this machine: a Unix domain socket that belongs to one user, one question and one answer. */
@NullMarked
package dev.ajar.control;

import org.jspecify.annotations.NullMarked;
