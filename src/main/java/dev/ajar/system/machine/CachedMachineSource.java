package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The picture as it was at the first look, for one command. */
public final class CachedMachineSource implements MachineSource {
    private final MachineSource source;
    private final Map<IpVersion, Machine> answers = new EnumMap<>(IpVersion.class);
    private final Map<IpVersion, Machine> examined = new EnumMap<>(IpVersion.class);
    private @Nullable Machine seen;

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
    public synchronized Machine look(IpVersion version) {
        return answers.computeIfAbsent(version, source::look);
    }

    @Override
    public synchronized Machine examine(IpVersion version) {
        return examined.computeIfAbsent(version, source::examine);
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return source.sourceTowards(destination);
    }
}
