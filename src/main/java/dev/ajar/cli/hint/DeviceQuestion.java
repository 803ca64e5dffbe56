package dev.ajar.cli.hint;

import dev.ajar.catalog.Application;
import dev.ajar.doctor.HostProbe;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.PresetPlan;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.host.Neighbour;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks which device is meant where the ports of a console or a camera would lead to this machine. */
public final class DeviceQuestion {
    /** A longer list is not read. */
    private static final int MOST = 8;

    private DeviceQuestion() {}

    /**
     * @param command the one that the user typed
     * @throws InvalidInputException where one of the applications is a device, and this machine has no program in its
     *     place
     */
    public static void ask(String command, PortSelection selected, HostProbe hostProbe) throws InvalidInputException {
        Optional<Application> unplaced = selected.unplaced(application -> isHere(application, hostProbe));
        if (unplaced.isPresent()) {
            throw new InvalidInputException(question(command, unplaced.get(), neighbours(hostProbe)));
        }
    }

    /**
     * The same for a command that looks at this machine alone, and so takes no address. A program that plays the
     * device's part may have crashed: nothing is refused where its port leads here, or where the listeners cannot be
     * read.
     *
     * @param opened what ajar has opened
     */
    public static void refuse(
            String command, PortSelection selected, HostProbe hostProbe, Supplier<Result<WatchReport>> opened)
            throws InvalidInputException {
        Optional<Application> unplaced = selected.unplaced(application -> isHere(application, hostProbe)
                || hostProbe.host().listeners().isEmpty()
                || leadsHere(application, hostProbe, opened.get()));
        if (unplaced.isPresent()) {
            throw new InvalidInputException(Message.of(
                    "open.device-elsewhere",
                    "application",
                    unplaced.get().name(),
                    "command",
                    command,
                    "port",
                    PresetPlan.of(unplaced.get(), Optional.empty()).getFirst()));
        }
    }

    private static boolean leadsHere(Application application, HostProbe hostProbe, Result<WatchReport> opened) {
        List<String> here = opened.toOptional().stream()
                .flatMap(report -> report.rows().stream())
                .filter(row -> hostProbe.routes().stream()
                        .anyMatch(route -> row.goesTo().startsWith(Addresses.text(route.localAddress()) + ":")))
                .map(WatchRow::mapping)
                .toList();
        return application.ports().stream()
                .filter(Application.PortUse::required)
                .flatMap(use -> use.protocols().stream().map(protocol -> protocol.label(use.first())))
                .anyMatch(here::contains);
    }

    /** The same for the program that {@code ajar run} starts. */
    public static void refuseToRun(PortSelection selected, HostProbe hostProbe) throws InvalidInputException {
        Optional<Application> unplaced = selected.unplaced(application -> isHere(application, hostProbe));
        if (unplaced.isPresent()) {
            throw new InvalidInputException(Message.of(
                    "run.device",
                    "application",
                    unplaced.get().name(),
                    "id",
                    unplaced.get().id(),
                    "ports",
                    String.join(" ", PresetPlan.of(unplaced.get(), Optional.empty()))));
        }
    }

    private static Message question(String command, Application application, List<Neighbour> neighbours) {
        if (neighbours.isEmpty()) {
            return Message.of(
                    "open.which-device", "application", application.name(), "command", command, "id", application.id());
        }
        String devices = neighbours.stream()
                .limit(MOST)
                .map(one -> Addresses.text(one.address()) + " (" + one.card() + ")")
                .collect(Collectors.joining(", "));
        return Message.of(
                "open.which-device-of",
                "application",
                application.name(),
                "command",
                command,
                "id",
                application.id(),
                "address",
                Addresses.text(neighbours.getFirst().address()),
                "devices",
                devices);
    }

    /** A program that plays the device's part, such as a server of video streams. */
    private static boolean isHere(Application application, HostProbe hostProbe) {
        List<ListeningSocket> all = hostProbe.host().listeners().orElse(List.of());
        return application.ports().stream()
                .filter(Application.PortUse::required)
                .anyMatch(use -> all.stream()
                        .anyMatch(one -> !one.isLoopback()
                                && use.protocols().contains(one.protocol())
                                && one.port().compareTo(use.first()) >= 0
                                && one.port().compareTo(use.last()) <= 0));
    }

    /** The devices of the networks with a router, without the routers. */
    private static List<Neighbour> neighbours(HostProbe hostProbe) {
        List<LocalRoute> homes = hostProbe.routes().stream()
                .filter(route -> route.gateway().isPresent())
                .toList();
        Set<InetAddress> routers =
                homes.stream().flatMap(route -> route.gateway().stream()).collect(Collectors.toUnmodifiableSet());
        return hostProbe.host().neighbours().orElse(List.of()).stream()
                .filter(one -> homes.stream().anyMatch(home -> home.reaches(one.address())))
                .filter(one -> !routers.contains(one.address()))
                .toList();
    }
}
