package dev.ajar.system.capture;

import dev.ajar.model.IpVersion;
import dev.ajar.system.Timeline;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine whose picture is taken anew each time. The route program is asked again only when the kernel's files show
 * something else than before, or after a while, since they do not show a change of rules.
 */
public final class LinuxSource implements MachineSource {
    private static final Duration ASKED_ANEW = Duration.ofSeconds(30);

    private final LinuxKernel kernel;
    private final Timeline timeline;
    private @Nullable PlainPicture lastPlain;
    private @Nullable Machine lastAsked;
    private Duration askedAt = Duration.ZERO;

    public LinuxSource(LinuxKernel kernel, Timeline timeline) {
        this.kernel = kernel;
        this.timeline = timeline;
    }

    @Override
    public synchronized Machine look() {
        PlainPicture plain = PlainPicture.take(kernel);
        return plain.isWhole() ? plain.machine() : asked(plain);
    }

    @Override
    public synchronized Machine look(IpVersion answers) {
        PlainPicture plain = PlainPicture.take(kernel);
        boolean ask = answers == IpVersion.IPV6 && plain.answersOverIpv6();
        return plain.isWhole() && !ask ? plain.machine() : asked(plain);
    }

    @Override
    public synchronized Machine examine(IpVersion answers) {
        PlainPicture plain = PlainPicture.take(kernel);
        return answers == IpVersion.IPV4 && plain.isWhole() ? LinuxPicture.withHops(kernel, plain) : look(answers);
    }

    private Machine asked(PlainPicture plain) {
        Machine known = lastAsked;
        boolean fresh = timeline.elapsed().minus(askedAt).compareTo(ASKED_ANEW) < 0;
        if (known != null && fresh && plain.equals(lastPlain)) {
            return known;
        }
        Machine asked = plain.isWhole() ? LinuxPicture.overIpv6(kernel, plain) : LinuxPicture.completed(kernel, plain);
        lastPlain = plain;
        lastAsked = asked;
        askedAt = timeline.elapsed();
        return asked;
    }

    @Override
    public Map<InetAddress, String> neighbours() {
        return PlainPicture.neighbours(kernel);
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return kernel.sourceTowards(destination);
    }
}
