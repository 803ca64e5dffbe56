package dev.ajar.cli.command;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FailureText;
import dev.ajar.document.ExitCode;
import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar kubernetes}: the daemon, watching the Services of a cluster. */
public final class KubernetesCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec to = OptionBuilder.text("--to", "IP", Message.of("help.kubernetes.to"));
    private final OptionSpec namespace =
            OptionBuilder.text("--namespace", "NAME", Message.of("help.kubernetes.namespace"));
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));
    private final DaemonOptions options;

    public KubernetesCommand(CliContext context) {
        this.context = context;
        this.options = new DaemonOptions(context);
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(to).addOption(namespace).addOption(config);
        options.addTo(empty);
        OptionBuilder.describe(
                empty,
                Message.of("help.kubernetes"),
                Message.of("help.kubernetes.examples"),
                Message.of("help.kubernetes.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        Optional<String> device = Optional.ofNullable(OptionBuilder.given(to))
                .or(() -> context.settings().apply("to"));
        Optional<InetAddress> address =
                device.isEmpty() ? Optional.empty() : Optional.of(AddressSyntax.device(device.get()));
        if (address.filter(some -> some instanceof Inet6Address).isPresent()) {
            throw new InvalidInputException(Message.of("kubernetes.to-ipv4"));
        }
        ClusterSettings settings = new ClusterSettings(
                address,
                Optional.ofNullable(OptionBuilder.given(namespace))
                        .or(() -> context.settings().apply("namespace")),
                Optional.ofNullable(OptionBuilder.given(config)).map(Path::of),
                options.keeps());
        Optional<Failure> failure = context.backend().kubernetes(settings, options.log());
        failure.ifPresent(why -> FailureText.print(context.terminal(), why));
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }
}
