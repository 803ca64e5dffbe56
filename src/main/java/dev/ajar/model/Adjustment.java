package dev.ajar.model;

/** One change to a request that a router refused. */
public enum Adjustment {
    /** Ask the same again: the answer was lost, or made no sense. */
    AS_BEFORE,
    /** Ask without an end: many routers know no other lease (WANIPConnection:1, error 725). */
    PERMANENT_LEASE,
    /** Ask for a week, the most IGD:2 allows, where a lease without end is refused. */
    LONGEST_LEASE,
    /** Ask under a short name of letters and digits (error 605, and some routers' 402). */
    PLAIN_DESCRIPTION,
    /** Ask for the external port to be the internal one (error 724). Only where any external port will do. */
    EXTERNAL_EQUALS_INTERNAL,
    /** Ask for the next external port. Only where any external port will do. */
    NEXT_EXTERNAL_PORT
}
