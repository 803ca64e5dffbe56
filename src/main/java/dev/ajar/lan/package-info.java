/**
 * The devices of the home network as people know them: by the names that they tell themselves, and the makers of their
 * network cards. Nothing here is sent or read before a page asks for it.
 */
@NullMarked
package dev.ajar.lan;

import org.jspecify.annotations.NullMarked;
