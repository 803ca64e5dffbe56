package dev.ajar.gateway.admin.enrolment;

import dev.ajar.http.CertificatePin;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.LineStore;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The enrolled routers, as lines of JSON. They hold no secret. A line that cannot be read is kept as it is, and not used. */
public final class Enrolments {
    private static final int MOST_BYTES = 64 * 1024;

    private final LineStore store;

    public Enrolments(LineStore store) {
        this.store = store;
    }

    public Result<List<Enrolment>> all() {
        return lines().map(lines ->
                lines.stream().flatMap(line -> read(line).stream()).toList());
    }

    /** The enrolment of the router at that address with that network card. */
    public Result<Optional<Enrolment>> find(InetAddress router, String card) {
        return all().map(some ->
                some.stream().filter(one -> one.isOf(router, card)).findFirst());
    }

    /** Saves it in the place of an earlier one for the same card. */
    public Optional<Failure> save(Enrolment enrolment) {
        return replace(enrolment.card(), Optional.of(write(enrolment)));
    }

    public Optional<Failure> remove(Enrolment enrolment) {
        return replace(enrolment.card(), Optional.empty());
    }

    private Optional<Failure> replace(String card, Optional<String> line) {
        return switch (lines()) {
            case Result.Err<List<String>>(Failure failure) -> Optional.of(failure);
            case Result.Ok<List<String>>(List<String> before) -> {
                List<String> after = new ArrayList<>(before.stream()
                        .filter(one -> read(one)
                                .filter(other -> other.card().equals(card))
                                .isEmpty())
                        .toList());
                line.ifPresent(after::add);
                StringBuilder text = new StringBuilder();
                after.forEach(one -> text.append(one).append('\n'));
                yield switch (store.size()) {
                    case Result.Err<Long>(Failure failure) -> Optional.of(failure);
                    case Result.Ok<Long>(Long size) ->
                        store.replace(text.toString().getBytes(StandardCharsets.UTF_8), size);
                };
            }
        };
    }

    private Result<List<String>> lines() {
        return store.tail(MOST_BYTES)
                .map(tail -> new String(tail.bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList());
    }

    private static String write(Enrolment enrolment) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("make", enrolment.make());
        members.put("url", enrolment.base().toString());
        members.put("card", enrolment.card());
        enrolment.pin().ifPresent(pin -> members.put("certificate", pin.sha256()));
        members.put("user", enrolment.user());
        members.put("secret_in", enrolment.place().key());
        return JsonWriter.write(members);
    }

    private static Optional<Enrolment> read(String line) {
        try {
            JsonObject members = JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
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
                                    members.text("secret_in").toUpperCase(Locale.ROOT))))
                    : Optional.empty();
        } catch (JsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
