/** What the keeper knows: the mappings it keeps, their gateways, what it has learned and what is to do. Values only. */
@NullMarked
package dev.ajar.keeper.model;

import org.jspecify.annotations.NullMarked;
