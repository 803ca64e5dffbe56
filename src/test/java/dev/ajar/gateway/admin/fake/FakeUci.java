package dev.ajar.gateway.admin.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The configuration behind {@link FakeSessionRpc}. Read in rpcd's session.c and uci.c: each session stages for itself;
 * {@code apply} commits what it staged and waits for {@code confirm} of the same session; meanwhile no other change is
 * applied or reverted, and a login of the same user gets that session; what is not confirmed is undone by a timer, and
 * staged again where its session lives; {@code rollback} does that at once; the end of a session undoes nothing;
 * without a staged change there is nothing to apply.
 */
final class FakeUci {
    /** The router's list of hosts: by network card, and without a name where it knows none. */
    Map<String, Object> hints(String method, List<FakeInterface.Device> devices) {
        FakeInterface.demand(method.equals("getHostHints"), "method");
        Map<String, Object> all = new LinkedHashMap<>();
        devices.forEach(device -> {
            Map<String, Object> host = new LinkedHashMap<>();
            host.put("ipaddrs", List.of(device.address()));
            host.put("ip6addrs", List.of());
            if (!device.name().isEmpty()) {
                host.put("name", device.name());
            }
            all.put(device.card(), host);
        });
        return all;
    }

    static final int OK = 0;
    static final int NOT_FOUND = 4;
    static final int NO_DATA = 5;
    static final int PERMISSION_DENIED = 6;

    private final Map<String, Login> logins = new HashMap<>();
    private final Map<String, Map<String, Object>> committed = new LinkedHashMap<>();
    private final Consumer<Boolean> upnp;
    private Optional<Pending> pending = Optional.empty();
    private int begun;

    /** One login. */
    static final class Login {
        final String id;
        final String user;
        final long lifetime;
        private final List<Staged> staged = new ArrayList<>();

        private Login(String id, String user, long lifetime) {
            this.id = id;
            this.user = user;
            this.lifetime = lifetime;
        }
    }

    /** @param line as it is listed among the changes */
    private record Staged(
            String config,
            List<String> line,
            Consumer<Map<String, Map<String, Object>>> change,
            Optional<Boolean> upnp) {}

    private record Pending(
            String login, List<Staged> staged, Map<String, Map<String, Object>> before, Optional<Boolean> upnpBefore) {}

    /** @param upnp is told how the switch for UPnP is */
    FakeUci(Consumer<Boolean> upnp) {
        this.upnp = upnp;
    }

    /** A new session, or that of the change which waits for its confirmation. */
    Login login(String user, long lifetime) {
        Optional<Login> waiting = pending.map(Pending::login).map(logins::get).filter(login -> login.user.equals(user));
        if (waiting.isPresent()) {
            return waiting.get();
        }
        String id = String.format(java.util.Locale.ROOT, "%032x", 0x4e5b0c1dL + begun++);
        Login login = new Login(id, user, lifetime);
        logins.put(id, login);
        return login;
    }

    Optional<Login> find(String id) {
        return Optional.ofNullable(logins.get(id));
    }

    void destroy(Login login) {
        logins.remove(login.id);
    }

    void destroyAll() {
        logins.clear();
    }

    int logins() {
        return logins.size();
    }

    /** What is in effect. */
    Map<String, Map<String, Object>> committed() {
        return committed;
    }

    /** The configuration as that login sees it. */
    Map<String, Map<String, Object>> seenBy(Login login) {
        Map<String, Map<String, Object>> seen = copy();
        login.staged.forEach(one -> one.change().accept(seen));
        return seen;
    }

    private Map<String, Map<String, Object>> copy() {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        committed.forEach((name, section) -> copy.put(name, new HashMap<>(section)));
        return copy;
    }

    void stage(Login login, List<String> line, Consumer<Map<String, Map<String, Object>>> change) {
        login.staged.add(new Staged("firewall", line, change, Optional.empty()));
    }

    void stageUpnp(Login login, boolean on) {
        login.staged.add(new Staged("upnpd", List.of("set", "config", "enabled"), sections -> {}, Optional.of(on)));
    }

    List<List<String>> changes(Login login, String config) {
        return login.staged.stream()
                .filter(one -> one.config().equals(config))
                .map(Staged::line)
                .toList();
    }

    int revert(Login login, String config) {
        if (pending.isPresent()) {
            return PERMISSION_DENIED;
        }
        login.staged.removeIf(one -> one.config().equals(config));
        return OK;
    }

    /** @param upnpNow how the switch for UPnP is; empty where there is none */
    int apply(Login login, Optional<Boolean> upnpNow) {
        if (pending.isPresent()) {
            return PERMISSION_DENIED;
        }
        if (login.staged.isEmpty()) {
            return NO_DATA;
        }
        pending = Optional.of(new Pending(login.id, List.copyOf(login.staged), copy(), upnpNow));
        login.staged.forEach(one -> {
            one.change().accept(committed);
            one.upnp().ifPresent(upnp);
        });
        login.staged.clear();
        return OK;
    }

    int confirm(Login login) {
        if (pending.isEmpty()) {
            return NO_DATA;
        }
        if (!pending.get().login().equals(login.id)) {
            return PERMISSION_DENIED;
        }
        pending = Optional.empty();
        return OK;
    }

    int rollback(Login login) {
        if (pending.isEmpty()) {
            return NO_DATA;
        }
        if (!pending.get().login().equals(login.id)) {
            return PERMISSION_DENIED;
        }
        undo();
        return OK;
    }

    /** What the timer does, and what {@code rollback} does before it. */
    void undo() {
        pending.ifPresent(change -> {
            committed.clear();
            committed.putAll(change.before());
            change.upnpBefore().ifPresent(upnp);
            find(change.login()).ifPresent(login -> login.staged.addAll(0, change.staged()));
        });
        pending = Optional.empty();
    }

    boolean isPending() {
        return pending.isPresent();
    }
}
