package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.control.ControlRequest;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.CommandRunner;
import dev.ajar.service.client.PortServices;
import dev.ajar.state.StateStore;
import dev.ajar.system.LocalClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a command inside the daemon by the same command line, and captures its output.
 *
 * @param wirings for a command whose user can confirm a change on the router, or of which there is none
 */
record DaemonCommands(Function<Approval, Wiring> wirings) implements CommandRunner {
    @Override
    public ControlRequest.Response run(
            ControlRequest request, StateStore store, CommandBackend backend, Optional<Consumer<Message>> user) {
        Wiring wiring = wirings.apply(user.map(DaemonCommands::approval).orElse(Approval.NONE));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), request.colour(), request.unicode());
        Wiring command = wiring.forOneCommand();
        CliContext context = new CliContext(
                terminal,
                PortServices.withoutDaemon(
                        progress -> Result.ok(LocalService.on(wiring, store, backend, Progress.silent()))),
                shown -> false,
                LocalClock.ofThisMachine(),
                name -> Optional.ofNullable(request.settings().get(name)),
                command.hostProbe(),
                backend,
                wiring.protocols());
        int exitCode = new Cli(context).run(request.arguments().toArray(String[]::new));
        return new ControlRequest.Response(exitCode, out.toString(), err.toString());
    }

    private static Approval approval(Consumer<Message> user) {
        return new Approval() {
            @Override
            public boolean isAttended() {
                return true;
            }

            @Override
            public void tell(Message what) {
                user.accept(what);
            }
        };
    }
}
