package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.command.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.control.ControlRequest;
import dev.ajar.mapping.Progress;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.CommandRunner;
import dev.ajar.service.client.PortServices;
import dev.ajar.state.StateStore;
import dev.ajar.system.LocalClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** Runs a command inside the daemon by the same command line, and captures its output. */
record DaemonCommands(Wiring wiring) implements CommandRunner {
    @Override
    public ControlRequest.Response run(ControlRequest request, StateStore store, CommandBackend backend) {
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
}
