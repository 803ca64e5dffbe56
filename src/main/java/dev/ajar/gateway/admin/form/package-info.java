/**
 * Interfaces that send a page's form, as a browser would. A form replaces a whole row or list, so the rest of it is
 * sent as it was read.
 */
@NullMarked
package dev.ajar.gateway.admin.form;

import org.jspecify.annotations.NullMarked;
