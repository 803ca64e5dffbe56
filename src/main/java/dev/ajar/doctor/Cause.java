package dev.ajar.doctor;

import java.util.Locale;

/** What the doctor can name. docs/doctor.md explains each, and {@code DoctorText} gives each its exit code. */
public enum Cause {
    ALL_WELL,
    // The network of this machine.
    NO_NETWORK,
    NO_DEFAULT_ROUTE,
    VPN_HAS_ROUTE,
    CONTAINER_BRIDGE,
    VIRTUAL_NETWORK,
    NOT_BEHIND_NAT,
    NO_HOME_ROUTER,
    ANSWERS_LEAVE_BY_TUNNEL,
    ANSWERS_LEAVE_BY_OTHER_LINK,
    ANSWERS_LEAVE_BY_OTHER_ROUTER,
    NO_WAY_FOR_ANSWERS,
    ANSWERS_DEPEND_ON_RULE(true),
    SEVERAL_DEFAULT_ROUTES(true),
    TWO_GATEWAYS(true),
    // No gateway answers.
    ROUTER_UNREACHABLE,
    SWITCHED_OFF,
    SILENT,
    SEARCH_UNFINISHED,
    OWN_FIREWALL_KEEPS_IN,
    OWN_FIREWALL_KEEPS_OUT,
    FLOATING_GATEWAY,
    OTHER_ROUTER_ANSWERS,
    ADDRESS_MISMATCH,
    SILENT_OR_OWN_FIREWALL,
    ANSWERS_BUT_NO_FORWARDING,
    ANSWERS_NONSENSE,
    STOPS_ANSWERING,
    TOO_BUSY,
    // The router's address on the internet.
    LINE_DOWN,
    NO_INTERNET_ADDRESS,
    SECOND_ROUTER,
    CARRIER_GRADE_NAT,
    DS_LITE,
    ADDRESSES_DISAGREE,
    ADDRESS_UNKNOWN(true),
    SAYS_DISCONNECTED(true),
    // What the router says of the port.
    PORT_TAKEN,
    REFUSED_FOR_THIS_DEVICE,
    REFUSED_LOW_PORT,
    REFUSED_FOR_ANOTHER_DEVICE,
    REFUSED,
    TABLE_FULL,
    ACCEPTED_BUT_NOT_THERE,
    CANNOT_DO_IT,
    DROPPED,
    POINTS_TO_FORMER_ADDRESS,
    POINTS_TO_ANOTHER_PORT,
    RULE_SWITCHED_OFF,
    KEEPS_IT_FOR_EVER(true),
    MADE_BY_HAND(true),
    NOT_TRIED(true),
    TRIAL_LEFT_OPEN(true),
    OPEN_OVER_IPV6(true),
    SHUT_OVER_IPV6(true),
    IPV6_ALONE(true),
    // This machine and the port.
    NOBODY_LISTENS,
    LISTENS_ON_LOOPBACK,
    LISTENS_ELSEWHERE,
    ANOTHER_SERVICE(true),
    HOST_FIREWALL,
    FIREWALL_UNKNOWN(true),
    /** The state file cannot be written. */
    NOTES_UNWRITABLE;

    private final boolean remark;

    Cause() {
        this(false);
    }

    Cause(boolean remark) {
        this.remark = remark;
    }

    /** Whether it is worth saying, and does not keep a port closed. */
    boolean isRemark() {
        return remark;
    }

    /** The name in JSON, which does not change. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
