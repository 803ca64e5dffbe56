/**
 * The routers whose owner has given ajar a password: where they are, how they are recognised, and where the password is
 * kept.
 */
@NullMarked
package dev.ajar.gateway.admin.enrolment;

import org.jspecify.annotations.NullMarked;
