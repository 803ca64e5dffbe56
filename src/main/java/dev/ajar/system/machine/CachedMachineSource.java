package dev.ajar.system.machine;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The picture as it was at the first look, for one command. */
public final class CachedMachineSource implements MachineSource {
    private final MachineSource source;
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
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return source.sourceTowards(destination);
    }
}
