package dev.ajar.gateway.pxp;

import dev.ajar.model.EpochRule;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingTraits;
import dev.ajar.model.ProtocolTraits;
import java.time.Duration;
import java.util.Set;

/** The Port Control Protocol (RFC 6887) and its predecessor, the NAT Port Mapping Protocol (RFC 6886). */
public final class PxpProtocols {
    /** Neither server shows a list, and both drop a mapping when its lease ends. */
    static final MappingTraits MAPPINGS =
            new MappingTraits(false, false, MappingTraits.Key.INTERNAL_ENDPOINT, false, Duration.ZERO);

    public static final MappingProtocol PCP = new MappingProtocol(
            "pcp",
            "PCP",
            0,
            traits(Set.of(IpVersion.IPV4, IpVersion.IPV6), PxpProtocols::isLostByPcp, true),
            PcpNonce::read);

    public static final MappingProtocol NAT_PMP = new MappingProtocol(
            "nat_pmp",
            "NAT-PMP",
            1,
            traits(Set.of(IpVersion.IPV4), PxpProtocols::isLostByNatPmp, false),
            members -> new NatPmpClient());

    private PxpProtocols() {}

    private static ProtocolTraits traits(Set<IpVersion> ipVersions, EpochRule epochRule, boolean grantsTellAddress) {
        return new ProtocolTraits(
                true,
                ipVersions,
                false,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofMillis(60),
                epochRule,
                grantsTellAddress,
                "");
    }

    /** RFC 6886 section 3.6: less than seven eighths of what has passed here, by more than two seconds. */
    static boolean isLostByNatPmp(EpochRule.Reading before, EpochRule.Reading now) {
        long passed = now.at().toSeconds() - before.at().toSeconds();
        return now.epoch() < before.epoch() + passed * 7 / 8 - 2;
    }

    /**
     * RFC 6887 section 8.5: backwards by more than a second, or out of step by more than a sixteenth and two seconds.
     */
    static boolean isLostByPcp(EpochRule.Reading before, EpochRule.Reading now) {
        if (now.epoch() < before.epoch() - 1) {
            return true;
        }
        long client = now.at().toSeconds() - before.at().toSeconds();
        long server = now.epoch() - before.epoch();
        return client + 2 < server - server / 16 || server + 2 < client - client / 16;
    }
}
