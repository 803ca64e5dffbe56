package dev.ajar.app;

import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.cli.context.RouterTools;
import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigLocation;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.enrolment.AdminFinder;
import dev.ajar.gateway.admin.enrolment.EnrolledNames;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.KeptSecrets;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.gateway.admin.enrolment.RouterChanges;
import dev.ajar.gateway.admin.enrolment.RouterTurns;
import dev.ajar.gateway.admin.enrolment.SecretFile;
import dev.ajar.gateway.admin.enrolment.Secrets;
import dev.ajar.lan.NameSource;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.service.ConfirmationPrompt;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.state.file.LineStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.SecureNonces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts together the use of the router's own interface.
 *
 * @param neighbours tells the network card of the gateway
 * @param config the configuration file that the user named; empty for the usual one
 * @param attended whether the command is one whose end the user waits for
 * @param asks whether its input and output are a terminal
 */
record RouterPlugin(
        Map<String, String> environment,
        NeighbourTable neighbours,
        Optional<Path> config,
        boolean attended,
        boolean asks) {
    /** With the usual configuration file, and no user who waits. */
    RouterPlugin(Map<String, String> environment, NeighbourTable neighbours) {
        this(environment, neighbours, Optional.empty(), false, false);
    }

    /** With the configuration file that a command names by {@code --config}. */
    static RouterPlugin of(Map<String, String> environment, NeighbourTable neighbours, List<String> arguments) {
        boolean attended = !arguments.isEmpty() && ATTENDED.contains(arguments.getFirst());
        return new RouterPlugin(environment, neighbours, named(arguments), attended, Boolean.getBoolean(ASKS));
    }

    private static Optional<Path> named(List<String> arguments) {
        // The words of a program that "run" starts are its own.
        if (arguments.isEmpty() || !KEEPERS.contains(arguments.getFirst())) {
            return Optional.empty();
        }
        int place = arguments.indexOf(CONFIG);
        Optional<String> next =
                place >= 0 && place + 1 < arguments.size() ? Optional.of(arguments.get(place + 1)) : Optional.empty();
        return next.or(() -> arguments.stream()
                        .filter(one -> one.startsWith(CONFIG + "="))
                        .map(one -> one.substring(CONFIG.length() + 1))
                        .findFirst())
                .flatMap(RouterPlugin::path);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            // The command itself says so.
            return Optional.empty();
        }
    }

    /** The launcher tells. */
    private static final String ASKS = "ajar.asks";

    private static final String ROUTERS = "routers.jsonl";
    private static final String SECRETS = "router-secrets.jsonl";
    private static final String CHANGES = "router-changes.jsonl";
    private static final int LONGEST_PASSWORD = 1024;
    private static final String VARIABLE = "AJAR_ROUTER";
    private static final String SETTING = "router";
    private static final String PASSWORD_FILE = "router_password_file";
    private static final String PASSWORD_FILE_VARIABLE = "AJAR_ROUTER_PASSWORD_FILE";
    private static final String ALLOWED = "allow";
    private static final String CONFIG = "--config";
    private static final Set<String> ATTENDED = Set.of("open", "close", "extend");
    private static final Set<String> KEEPERS = Set.of("daemon", "renew", "containers", "kubernetes", "web");

    /** The protocol; without a state folder no router can be enrolled, so there is nothing to find. */
    ProtocolPlugin protocol() {
        return protocol(Approval.NONE);
    }

    /** @param approval who can confirm a change on the router itself */
    ProtocolPlugin protocol(Approval approval) {
        return new ProtocolPlugin(
                List.of(AdminProtocol.ROUTER),
                wiring -> new AdminFinder(
                        enrolments(),
                        secrets(wiring.protocols()),
                        id -> new InterfaceCatalog().find(id),
                        wiring.network(),
                        neighbours,
                        approval,
                        wiring.timeline(),
                        new SecureNonces()),
                this::isAllowed);
    }

    /** What an enrolled router calls the devices of its network, where its password may be used without a question. */
    NameSource deviceNames(Wiring wiring) {
        MappingProtocols protocols = wiring.protocols();
        return new EnrolledNames(
                () -> isAllowed(protocols),
                enrolments(),
                secrets(protocols),
                id -> new InterfaceCatalog().find(id),
                neighbours,
                wiring.timeline());
    }

    /** Whether the user waits at a terminal. */
    boolean isAttended() {
        return attended && asks;
    }

    /** The user at the terminal of a command that ends when it is done; the launcher tells whether there is one. */
    Approval approval(dev.ajar.cli.render.Terminal terminal) {
        boolean user = isAttended();
        return new Approval() {
            @Override
            public boolean isAttended() {
                return user;
            }

            @Override
            public void tell(Message what) {
                terminal.tell(terminal.text(what));
                terminal.err().flush();
            }
        };
    }

    /**
     * Whether {@code router = "allow"} is in the environment or, where that says nothing, in the configuration file.
     */
    private boolean isAllowed(MappingProtocols protocols) {
        return setting(SETTING, VARIABLE, protocols).equals(Optional.of(ALLOWED));
    }

    private Optional<Path> passwordFile(MappingProtocols protocols) {
        return setting(PASSWORD_FILE, PASSWORD_FILE_VARIABLE, protocols).flatMap(RouterPlugin::path);
    }

    private Optional<String> setting(String name, String variable, MappingProtocols protocols) {
        String given = environment.getOrDefault(variable, "");
        return given.isEmpty()
                ? config.or(() -> ConfigLocation.locate(environment))
                        .flatMap(file -> ConfigFile.read(file, new MappingProtocolSyntax(protocols)))
                        .flatMap(file -> file.settings().of(name))
                : Optional.of(given);
    }

    RouterTools tools(Wiring wiring, Messages messages) {
        return new RouterTools(
                () -> folder().map(folder -> new RouterAdministration(
                        wiring.network(),
                        neighbours,
                        new InterfaceCatalog().all(),
                        enrolments(),
                        secrets(wiring.protocols()),
                        new RouterChanges(file(CHANGES)),
                        wiring.timeline())),
                new Terminal(environment, () -> passwordFile(wiring.protocols())),
                question -> Boolean.getBoolean(ASKS)
                        && ConfirmationPrompt.agreed(
                                question, messages, System.in, Main.typed(environment), System.err));
    }

    private Result<Path> folder() {
        return StateFolder.locate(environment);
    }

    private LineStore file(String name) {
        return folder().toOptional()
                .<LineStore>map(folder -> new FileLineStore(folder, name))
                .orElse(LineStore.NONE);
    }

    private Enrolments enrolments() {
        return new Enrolments(file(ROUTERS), new RouterTurns(folder().toOptional()));
    }

    private Secrets secrets(MappingProtocols protocols) {
        boolean desktop =
                !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isEmpty();
        return new KeptSecrets(file(SECRETS), environment, desktop, () -> passwordFile(protocols));
    }

    /** The terminal, standard input and environment of this process. */
    private record Terminal(Map<String, String> environment, Supplier<Optional<Path>> named)
            implements RouterTools.Passwords {
        @Override
        public Optional<Secret> fromTerminal(String prompt) {
            return Boolean.getBoolean(ASKS)
                    ? Optional.ofNullable(System.console())
                            .map(console -> console.readPassword("%s ", prompt))
                            .map(Terminal::wiped)
                    : Optional.empty();
        }

        @Override
        public Optional<Secret> fromInput() {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                InputStream in = System.in;
                for (int c = in.read(); c >= 0 && c != '\n' && line.size() < LONGEST_PASSWORD; c = in.read()) {
                    line.write(c);
                }
            } catch (IOException e) {
                return Optional.empty();
            }
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text.toCharArray()));
        }

        @Override
        public Optional<Secret> fromEnvironment() {
            return Optional.ofNullable(environment.get(Secrets.VARIABLE)).map(text -> new Secret(text.toCharArray()));
        }

        @Override
        public Result<Optional<Secret>> fromNamedFile() {
            return named.get()
                    .map(file -> SecretFile.read(file).map(Optional::of))
                    .orElseGet(() -> Result.ok(Optional.empty()));
        }

        private static Secret wiped(char[] letters) {
            Secret secret = new Secret(letters);
            Arrays.fill(letters, '\0');
            return secret;
        }
    }
}
