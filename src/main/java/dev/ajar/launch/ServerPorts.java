package dev.ajar.launch;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.Detection;
import dev.ajar.model.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the ports an application uses, from its command line or its settings files, which are only read. */
public final class ServerPorts {
    private static final long LARGEST = 1 << 20;

    private final Path folder;
    private final Optional<Path> home;

    /** @param folder the one the application runs in */
    public ServerPorts(Path folder, Optional<Path> home) {
        this.folder = folder;
        this.home = home;
    }

    /** The application with the ports it uses here instead of the usual ones. */
    public Application of(Application application, List<String> command) {
        List<Application.PortUse> ports = new ArrayList<>(application.ports());
        Set<Integer> known = new HashSet<>();
        for (Detection.Setting setting : application.detection().settings()) {
            Optional<Port> port = read(setting);
            if (port.isPresent() && setting.portIndex() < ports.size() && known.add(setting.portIndex())) {
                move(ports, setting.portIndex(), port.get());
            }
        }
        // The command line takes precedence over the settings file.
        typed(application.detection().options(), command).ifPresent(port -> move(ports, 0, port));
        return application.withPorts(ports);
    }

    /** A range keeps its length. */
    private static void move(List<Application.PortUse> ports, int index, Port first) {
        Application.PortUse use = ports.get(index);
        int last = first.number() + use.last().number() - use.first().number();
        if (Port.isValid(last)) {
            ports.set(
                    index,
                    new Application.PortUse(first, new Port(last), use.protocols(), use.required(), use.purpose()));
        }
    }

    private static Optional<Port> typed(List<String> options, List<String> command) {
        for (int i = 0; i < command.size(); i++) {
            String word = command.get(i);
            for (String option : options) {
                if (word.equalsIgnoreCase(option) && i + 1 < command.size()) {
                    return port(command.get(i + 1));
                }
                if (word.regionMatches(true, 0, option + "=", 0, option.length() + 1)) {
                    return port(word.substring(option.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Port> read(Detection.Setting setting) {
        try {
            Optional<Path> file = place(setting.path());
            if (file.isEmpty() || !Files.isRegularFile(file.get()) || Files.size(file.get()) > LARGEST) {
                return Optional.empty();
            }
            return SettingsFileText.value(Files.readString(file.get()), setting.format(), setting.key())
                    .flatMap(ServerPorts::port);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> place(String path) {
        return path.startsWith("~/")
                ? home.map(own -> own.resolve(path.substring(2)))
                : Optional.of(folder.resolve(path));
    }

    /** Reads a port that stands alone or behind an address. */
    private static Optional<Port> port(String text) {
        return Port.parse(text.substring(text.lastIndexOf(':') + 1).strip());
    }
}
