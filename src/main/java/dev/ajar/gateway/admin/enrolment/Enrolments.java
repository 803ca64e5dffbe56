package dev.ajar.gateway.admin.enrolment;

import dev.ajar.http.CertificatePin;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.LineStore;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The enrolled routers, as lines of JSON. They hold no secret. A line that cannot be read is kept as it is, and not
 * used.
 */
public final class Enrolments {
    private final CardLines lines;
    private final RouterTurns turns;

    /** @param turns in which they are logged in to */
    public Enrolments(LineStore store, RouterTurns turns) {
        this.lines = new CardLines(store);
        this.turns = turns;
    }

    /** For one process that does one thing at a time. */
    public Enrolments(LineStore store) {
        this(store, RouterTurns.ALONE);
    }

    RouterTurns turns() {
        return turns;
    }

    public Result<List<Enrolment>> all() {
        return lines.all()
                .map(all -> all.stream().flatMap(one -> read(one).stream()).toList());
    }

    /** The enrolment of the router at that address with that network card. */
    public Result<Optional<Enrolment>> find(InetAddress router, String card) {
        return all().map(some ->
                some.stream().filter(one -> one.isOf(router, card)).findFirst());
    }

    /** The enrolment of a router that had that address and another network card. */
    Optional<Enrolment> onOtherCard(InetAddress router, String card) {
        return all().toOptional().stream()
                .flatMap(List::stream)
                .filter(one -> one.address().equals(router) && !one.isOf(router, card))
                .findFirst();
    }

    /** Saves it in the place of an earlier one for the same card. */
    public Optional<Failure> save(Enrolment enrolment) {
        return lines.put(enrolment.card(), members(enrolment));
    }

    public Optional<Failure> remove(Enrolment enrolment) {
        return lines.remove(enrolment.card());
    }

    private static Map<String, Object> members(Enrolment enrolment) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("make", enrolment.make());
        members.put("url", enrolment.base().toString());
        members.put("card", enrolment.card());
        enrolment.pin().ifPresent(pin -> members.put("certificate", pin.sha256()));
        members.put("user", enrolment.user());
        members.put("secret_in", enrolment.place().key());
        if (!enrolment.knownAs().equals(enrolment.card())) {
            members.put("known_as", enrolment.knownAs());
        }
        return members;
    }

    private static Optional<Enrolment> read(JsonObject members) {
        try {
            URI base = URI.create(members.text("url"));
            Optional<CertificatePin> pin = members.optionalText("certificate").flatMap(CertificatePin::parse);
            boolean secured = "https".equals(base.getScheme());
            boolean usable = base.getHost() != null
                    && (secured ? pin.isPresent() : "http".equals(base.getScheme()))
                    && Addresses.ipv4(base.getHost()).isPresent();
            return usable
                    ? Optional.of(new Enrolment(
                            members.text("make"),
                            base,
                            members.text("card"),
                            pin,
                            members.text("user"),
                            Enrolment.SecretPlace.valueOf(
                                    members.text("secret_in").toUpperCase(Locale.ROOT)),
                            members.optionalText("known_as").orElse(members.text("card"))))
                    : Optional.empty();
        } catch (JsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
