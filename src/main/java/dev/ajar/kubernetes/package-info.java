/** Services of Kubernetes: which ports they ask for, and what is written to them: pure. */
@NullMarked
package dev.ajar.kubernetes;

import org.jspecify.annotations.NullMarked;
