package dev.ajar.testing;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.app.Wiring;
import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.render.Terminal;
import dev.ajar.doctor.HostProbe;
import dev.ajar.message.Messages;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.LocalPorts;
import dev.ajar.service.client.PortServices;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.state.StateStore;
import dev.ajar.system.LocalClock;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The command line of a machine behind an embedded router. */
public final class CliHarness {
    private final EmbeddedRouter router;
    private final StateStore store;
    private final HostProbe hostProbe;
    private final NetworkView lan;
    private Messages messages = Messages.ENGLISH;
    private int columns;
    private boolean colour;
    private Optional<Path> config = Optional.empty();
    private Optional<CommandBackend> backend = Optional.empty();

    public CliHarness(EmbeddedRouter router, StateStore store) {
        this(router, store, new FakeHostProbe(router.lan().routes()));
    }

    public CliHarness(EmbeddedRouter router, StateStore store, HostProbe hostProbe) {
        this(router, store, hostProbe, router.lan());
    }

    /** @param lan the networks as the commands see them */
    public CliHarness(EmbeddedRouter router, StateStore store, HostProbe hostProbe, NetworkView lan) {
        this.lan = lan;
        this.router = router;
        this.store = store;
        this.hostProbe = hostProbe;
    }

    /** For a user of another language. */
    public CliHarness speaking(Messages language) {
        messages = language;
        return this;
    }

    /** For a user at a terminal of that width, which begins no line that takes a second. */
    public CliHarness wide(int terminalColumns) {
        columns = terminalColumns;
        return this;
    }

    /** For a user at a terminal that shows colours. */
    public CliHarness coloured() {
        colour = true;
        return this;
    }

    /** For a user whose configuration file is there, or would be. */
    public CliHarness configured(Path file) {
        config = Optional.of(file);
        return this;
    }

    /** With another thing behind the commands that go on, or ask for more than a router. */
    public CliHarness behind(CommandBackend other) {
        backend = Optional.of(other);
        return this;
    }

    private CommandBackend backend() {
        return backend.orElseGet(() -> new NoDaemon() {
            @Override
            public Optional<Path> configPlace() {
                return config;
            }
        });
    }

    /** What a command left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    public Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = cli(out, err).run(args);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** What a user sees at a terminal, where both outputs come in the order in which they are written. */
    public String shown(String... args) {
        StringWriter screen = new StringWriter();
        cli(screen, screen).run(args);
        return screen.toString();
    }

    /** The grammar of all commands. */
    public List<CommandReference> reference() {
        return cli(new StringWriter(), new StringWriter()).reference();
    }

    /**
     * Clocks show eight whatever the time is: what ends within hours ends on the same day, also for a test run at
     * night.
     */
    private static LocalClock morning(Instant now) {
        return LocalClock.in(ZoneOffset.ofHours(8 - now.atOffset(ZoneOffset.UTC).getHour()));
    }

    private Cli cli(StringWriter out, StringWriter err) {
        Wiring wiring = EmbeddedWiring.of(lan, router, new SystemTimeline());
        CliContext context = new CliContext(
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), colour, true, columns, messages),
                PortServices.withoutDaemon(progress -> Result.ok(
                        new LocalPorts(wiring.actions(store, progress), backend(), hostProbe, wiring.timeline()))),
                terminal -> true,
                morning(wiring.timeline().instant()),
                name -> Optional.empty(),
                hostProbe,
                backend(),
                wiring.protocols());
        return new Cli(context);
    }
}
