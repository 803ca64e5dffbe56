package dev.ajar.model;

/** One change to a request that a router refused. */
public enum Adjustment {
    /** Ask again without a change: the answer was lost or unreadable. */
    AS_BEFORE,
    /** Ask for a permanent lease, the only one many routers know (WANIPConnection:1, error 725). */
    PERMANENT_LEASE,
    /** Ask for a week, the most IGD:2 allows, where a permanent lease is refused. */
    LONGEST_LEASE,
    /** Ask with a short name of letters and digits (error 605, and 402 on some routers). */
    PLAIN_DESCRIPTION,
    /** Ask for the external port to be the internal one (error 724). Only where any external port will do. */
    EXTERNAL_EQUALS_INTERNAL,
    /** Ask for the next external port. Only where any external port will do. */
    NEXT_EXTERNAL_PORT,
    /** Ask by AddPortMapping where AddAnyPortMapping got no answer. Only where any external port will do. */
    ADD_PORT_MAPPING
}
