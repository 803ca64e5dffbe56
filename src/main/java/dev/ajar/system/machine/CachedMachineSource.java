package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The picture as it was at the first look, for one command. Who its neighbours are is told anew each time. */
public final class CachedMachineSource implements MachineSource {
    private final MachineSource source;
    private @Nullable Machine seen;
    private @Nullable Machine seenOverIpv6;
    private @Nullable Machine examinedOverIpv4;

    public CachedMachineSource(MachineSource source) {
        this.source = source;
    }

    @Override
    public synchronized Machine look() {
        Machine known = seen;
        if (known == null) {
            known = source.look();
            seen = known;
        }
        return known;
    }

    @Override
    public synchronized Machine look(IpVersion answers) {
        return switch (answers) {
            case IPV4 -> look();
            case IPV6 -> lookOverIpv6();
        };
    }

    private Machine lookOverIpv6() {
        Machine known = seenOverIpv6;
        if (known == null) {
            known = source.look(IpVersion.IPV6);
            seenOverIpv6 = known;
        }
        return known;
    }

    @Override
    public Map<InetAddress, String> neighbours() {
        return source.neighbours();
    }

    @Override
    public synchronized Machine examine(IpVersion answers) {
        return switch (answers) {
            case IPV4 -> examineOverIpv4();
            case IPV6 -> lookOverIpv6();
        };
    }

    private Machine examineOverIpv4() {
        Machine known = examinedOverIpv4;
        if (known == null) {
            known = source.examine(IpVersion.IPV4);
            examinedOverIpv4 = known;
        }
        return known;
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return source.sourceTowards(destination);
    }
}
