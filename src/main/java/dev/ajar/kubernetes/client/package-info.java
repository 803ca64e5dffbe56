/**
 * The API server of Kubernetes: Services watched and written to, one leader, a copy of the state; on fabric8's client.
 */
@NullMarked
package dev.ajar.kubernetes.client;

import org.jspecify.annotations.NullMarked;
