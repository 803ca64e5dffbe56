package dev.ajar.gateway.admin.enrolment;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.RouterLogin;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.client.Conversations;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.http.AdminHttp;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Recognises an enrolled router by its network card, and logs in to that card alone. */
record EnrolledLogin(
        Enrolments enrolments, Secrets secrets, NeighbourTable neighbours, Approval approval, Timeline timeline) {
    private static final Duration FIRST_CONTACT = Duration.ofMillis(500);

    /**
     * The enrolment of the router at {@code address}; empty where its owner has given no password, or the card is
     * another.
     */
    Result<Optional<Enrolment>> find(InetAddress address, InetAddress local, Deadline deadline) {
        return enrolments.find(address, card(address, local, deadline));
    }

    /**
     * The router's network card; empty if it does not show itself. The kernel forgets a card after a while, and asks
     * for it when a connection begins: one to an enrolled address is begun and ended then, and nothing sent on it.
     */
    String card(InetAddress address, InetAddress local, Deadline deadline) {
        Optional<String> known = neighbours.card(address);
        if (known.isEmpty()) {
            enrolments.all().toOptional().stream()
                    .flatMap(List::stream)
                    .filter(one -> one.address().equals(address))
                    .findFirst()
                    .ifPresent(one -> new AdminHttp().connectOnce(one.base(), local, deadline.within(FIRST_CONTACT)));
        }
        return known.or(() -> neighbours.card(address)).orElse("");
    }

    /** Logs in to that router, in its turn. */
    RouterLogin to(Enrolment enrolment, RouterInterface make, InetAddress local) {
        return new RouterLogin() {
            @Override
            public Result<RuleTable> login(Deadline deadline) {
                return EnrolledLogin.this.login(enrolment, make, local, deadline);
            }

            @Override
            public Result<Turn> turn(Deadline deadline) {
                return enrolments.turns().take(enrolment.card(), deadline);
            }
        };
    }

    /**
     * The secret is read for each login, and wiped after it. The card is looked at again, as the router may have
     * changed.
     */
    private Result<RuleTable> login(Enrolment enrolment, RouterInterface make, InetAddress local, Deadline deadline) {
        String now = card(enrolment.address(), local, deadline);
        if (now.isEmpty()) {
            return Result.err(new Failure.Unreachable(
                    Message.of("admin.card-unknown", "address", Addresses.text(enrolment.address()))));
        }
        if (!enrolment.isOf(enrolment.address(), now)) {
            return Result.err(AdminFailures.otherCard(enrolment.address(), enrolment.card(), now));
        }
        return secrets.read(enrolment).flatMap(secret -> {
            try (Secret once = secret) {
                AdminConnection connection =
                        new AdminConnection(new AdminHttp(), enrolment.base(), enrolment.pin(), local);
                return Conversations.login(
                                make, connection, new Credentials(enrolment.user(), once), approval, timeline)
                        .login(deadline);
            }
        });
    }
}
