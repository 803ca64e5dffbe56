package dev.ajar.gateway.admin.connection;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A login whose failures do not repeat the secret. Some quote a word of the router's, and a router can put what it was
 * sent there.
 */
public final class DiscreetTable implements RuleTable {
    /** A shorter one would be found in sentences that have nothing to do with it. */
    private static final int SHORTEST = 4;

    private final RuleTable table;
    private final Discretion discretion;

    private DiscreetTable(RuleTable table, Discretion discretion) {
        this.table = table;
        this.discretion = discretion;
    }

    /** @param login made with {@code credentials} */
    public static Result<RuleTable> of(Result<RuleTable> login, Credentials credentials) {
        Discretion discretion = new Discretion(
                credentials.user(), new Secret(credentials.secret().reveal().toCharArray()));
        Result<RuleTable> kept = discretion.keeps(login).map(table -> new DiscreetTable(table, discretion));
        if (kept instanceof Result.Err) {
            discretion.secret().close();
        }
        return kept;
    }

    /** @param secret a copy that lives as long as the login */
    private record Discretion(String user, Secret secret) {
        <T> Result<T> keeps(Result<T> result) {
            return result instanceof Result.Err<T>(Failure failure) ? Result.err(keeps(failure)) : result;
        }

        Failure keeps(Failure failure) {
            if (!tells(failure.detail())) {
                return failure;
            }
            Message quiet = Message.of("admin.not-understood");
            return failure.mayHaveHappened()
                    ? new Failure.Malformed(quiet, Optional.empty())
                    : new Failure.Refused(quiet, Optional.empty());
        }

        /** The words around the values are ajar's own: "the password" among them may be a password as well. */
        private boolean tells(Message message) {
            return message.values().stream()
                    .map(Message.Value::value)
                    .anyMatch(value -> value instanceof Message inner ? tells(inner) : tells(value.toString()));
        }

        private boolean tells(String text) {
            String word = secret.reveal();
            String pair = Base64.getEncoder().encodeToString((user + ":" + word).getBytes(StandardCharsets.UTF_8));
            return word.length() >= SHORTEST && (text.contains(word) || text.contains(pair));
        }
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return discretion.keeps(table.read(deadline));
    }

    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        return table.obstacle(request).map(discretion::keeps);
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        return discretion.keeps(table.add(request, deadline));
    }

    @Override
    public Result<Written> settle(Deadline deadline) {
        return discretion.keeps(table.settle(deadline));
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return discretion.keeps(table.remove(rule, deadline));
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return discretion.keeps(table.externalAddress(deadline));
    }

    /** A name is the router's text as well. */
    @Override
    public Map<Inet4Address, RouterText> deviceNames(Collection<Inet4Address> devices, Deadline deadline) {
        Map<Inet4Address, RouterText> names = new HashMap<>(table.deviceNames(devices, deadline));
        names.values().removeIf(name -> discretion.tells(name.raw()));
        return names;
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return table.upnp().map(one -> new DiscreetSwitch(one, discretion));
    }

    private record DiscreetSwitch(UpnpSwitch one, Discretion discretion) implements UpnpSwitch {
        @Override
        public Result<Setting> read(Deadline deadline) {
            return discretion.keeps(one.read(deadline));
        }

        @Override
        public Setting on(Setting before) {
            return one.on(before);
        }

        @Override
        public Result<Setting> write(Setting setting, Deadline deadline) {
            return discretion.keeps(one.write(setting, deadline));
        }
    }

    @Override
    public void close() {
        table.close();
        discretion.secret().close();
    }
}
