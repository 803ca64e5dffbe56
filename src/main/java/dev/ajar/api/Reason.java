package dev.ajar.api;

/** Why a port is not open. Later versions may add values: a {@code switch} needs a {@code default}. */
public enum Reason {
    /** No router that opens ports answered: none is there, or the function (UPnP, NAT-PMP, PCP) is switched off. */
    NO_ROUTER,
    /** A known router does not answer now; it may be restarting. ajar asks again. */
    ROUTER_SILENT,
    /** A firewall of this machine does not let ajar's requests out. */
    OWN_FIREWALL,
    /** The router sees this program under another address, as inside a container or a virtual machine. */
    OTHER_ADDRESS,
    /** The router has the function and refuses: a setting of it forbids this port or this device. */
    REFUSED,
    /** Another device or program has the port. */
    TAKEN,
    /** The router has no public address and therefore opens nothing. */
    BEHIND_SECOND_ROUTER,
    /** The router's line to the internet is down. */
    LINE_DOWN,
    /** The router's table is full. */
    TABLE_FULL,
    /** The router, or its protocol, cannot do what was asked. */
    UNSUPPORTED,
    /** The router answered nonsense, or agreed and opened nothing. */
    BROKEN_ROUTER,
    /**
     * A service that is not safe on the internet listens on that port; {@link PortRequest#accepting} says yes to it.
     */
    UNSAFE,
    /** The request does not fit this network, for example a device outside it. */
    BAD_REQUEST,
    /** Another process of ajar is just asking the router. ajar asks again. */
    BUSY,
    /** The state file cannot be read or written, and without it no router is asked. */
    STATE_FILE,
    /** ajar itself has failed: by a fault of its own, or since the jar or the Java runtime lacks a part. */
    DEFECT,
    /** The port, or the {@link Ajar}, was closed meanwhile. */
    CLOSED
}
