package dev.ajar.api;

/** Whether the internet reaches the router, by the address that the router has on the internet side. */
public enum Reachability {
    /** The address is public: what is open on the router can be reached. */
    PUBLIC,
    /**
     * The provider translates addresses (100.64.0.0/10, 192.0.0.0/24): no port of this line can be reached over IPv4.
     */
    BEHIND_PROVIDER,
    /**
     * The address is private: a second router, or the provider, is in front. The port has to be opened there as well.
     */
    BEHIND_SECOND_ROUTER,
    /** The router told no address. */
    UNKNOWN
}
