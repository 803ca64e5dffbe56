package dev.ajar.system.capture;

import dev.ajar.model.IpVersion;
import dev.ajar.system.process.BoundedRun;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel that this process runs on. */
public final class SystemKernel implements LinuxKernel {
    /** Discard: nothing is sent there, the kernel only chooses a route (RFC 863). */
    private static final int ANY_PORT = 9;

    private static final int LONGEST = 1 << 18;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final List<String> PROGRAMS =
            List.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip", "/run/current-system/sw/bin/ip");

    @Override
    public Optional<String> file(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> names(String folder) {
        String[] names = new File(folder).list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }

    @Override
    public Optional<String> linkTarget(String path) {
        try {
            Path name = Files.readSymbolicLink(Path.of(path)).getFileName();
            return name == null ? Optional.empty() : Optional.of(name.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Assigned> addresses() {
        List<Assigned> all = new ArrayList<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface owner = interfaces.nextElement();
                for (InterfaceAddress address : owner.getInterfaceAddresses()) {
                    if (address.getAddress() instanceof Inet4Address ipv4) {
                        all.add(new Assigned(owner.getName(), ipv4, address.getNetworkPrefixLength()));
                    }
                }
            }
        } catch (SocketException e) {
            return all;
        }
        return all;
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return source(destination);
    }

    /** The same on every system. */
    static Optional<InetAddress> source(InetAddress destination) {
        StandardProtocolFamily family = switch (IpVersion.of(destination)) {
            case IPV4 -> StandardProtocolFamily.INET;
            case IPV6 -> StandardProtocolFamily.INET6;
        };
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.connect(new InetSocketAddress(destination, ANY_PORT));
            InetAddress local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            // Without the zone that Java adds.
            return Optional.of(InetAddress.getByAddress(local.getAddress()));
        } catch (IOException | RuntimeException e) {
            // No route, or a kernel that will not say: both mean that this destination is out of reach.
            return Optional.empty();
        }
    }

    /** The program ends with 2 where the kernel refused, and with 1 or 255 where it did not understand (ip(8)). */
    private static String answer(int exitCode, String output) {
        return switch (exitCode) {
            case 0 -> output;
            case 2 -> "";
            default -> "not understood";
        };
    }

    @Override
    public Optional<String> ip(String... arguments) {
        Optional<String> program = PROGRAMS.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        command.add(program.get());
        command.addAll(List.of(arguments));
        return switch (new BoundedRun(LIMIT, command)
                .withOnly(Map.of("LC_ALL", "C"))
                .run()) {
            case BoundedRun.Outcome.Ended(int exitCode, String output) -> Optional.of(answer(exitCode, output));
            case BoundedRun.Outcome.Killed ignored -> Optional.empty();
            case BoundedRun.Outcome.NotStarted ignored -> Optional.empty();
        };
    }
}
