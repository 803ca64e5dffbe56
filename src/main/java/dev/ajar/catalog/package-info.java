/** What is known of routers, as data: read from the folder {@code profiles}, never written into code. */
@NullMarked
package dev.ajar.catalog;

import org.jspecify.annotations.NullMarked;
