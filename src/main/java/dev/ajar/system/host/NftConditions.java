package dev.ajar.system.host;

/** Whether the conditions of a rule of nftables apply to a packet; unclear where part of them is. */
enum NftConditions {
    MET,
    NOT_MET,
    UNCLEAR;

    static NftConditions met(boolean is) {
        return is ? MET : NOT_MET;
    }

    NftConditions negatedIf(boolean negated) {
        return switch (this) {
            case MET -> negated ? NOT_MET : MET;
            case NOT_MET -> negated ? MET : NOT_MET;
            case UNCLEAR -> UNCLEAR;
        };
    }
}
