package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.RouterText;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations: {@code 30m}, {@code 2h}, {@code 1h30m}, {@code 7d}, {@code permanent}. */
public final class TimeSyntax {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    /** The most IGD:2 grants (WANIPConnection:2, 2.3.16). */
    private static final Duration LONGEST_LEASE = Duration.ofDays(7);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private TimeSyntax() {}

    public static LeaseDuration lease(String text) throws InvalidInputException {
        if (text.strip().equalsIgnoreCase("permanent")) {
            return LeaseDuration.PERMANENT;
        }
        Duration duration = duration(text, OptionName.LEASE, Message.of("syntax.lease-examples"));
        if (duration.compareTo(LONGEST_LEASE) > 0) {
            throw new InvalidInputException(
                    Message.of("syntax.lease-long", "option", OptionName.LEASE, "text", shown(text)));
        }
        return new LeaseDuration.Finite(duration);
    }

    /** The lease of a port that stays open for {@code stay}: not longer, since perhaps no process closes it. */
    public static LeaseDuration leaseWithin(LeaseDuration lease, Optional<Duration> stay) {
        if (stay.isEmpty()) {
            return lease;
        }
        Duration longest = stay.get().compareTo(LONGEST_LEASE) < 0 ? stay.get() : LONGEST_LEASE;
        boolean shorter = lease instanceof LeaseDuration.Finite(Duration time) && time.compareTo(longest) <= 0;
        return shorter ? lease : new LeaseDuration.Finite(longest);
    }

    /** How long a port stays open: the value of {@code --for}. */
    public static Duration stay(String text) throws InvalidInputException {
        return duration(text, OptionName.FOR, Message.of("syntax.stay-examples"));
    }

    /** How far to look back: the value of {@code --since}. */
    public static Duration since(String text) throws InvalidInputException {
        return duration(text, OptionName.SINCE, Message.of("syntax.since-examples"));
    }

    /** The time between two runs of a timer: the value of {@code --every}. */
    public static Duration every(String text) throws InvalidInputException {
        return duration(text, OptionName.EVERY, Message.of("syntax.every-examples"));
    }

    /** How long a connection may be silent: the value of {@code --idle}. */
    public static Duration idle(String text) throws InvalidInputException {
        return duration(text, OptionName.IDLE, Message.of("syntax.idle-examples"));
    }

    public static Duration timeout(String text) throws InvalidInputException {
        Duration duration = duration(text, OptionName.TIMEOUT, Message.of("syntax.timeout-examples"));
        if (duration.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidInputException(
                    Message.of("syntax.timeout-long", "option", OptionName.TIMEOUT, "text", shown(text)));
        }
        return duration;
    }

    private static Duration duration(String text, OptionName option, Message examples) throws InvalidInputException {
        Matcher match = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches() || text.isBlank()) {
            throw new InvalidInputException(
                    Message.of("syntax.time", "option", option, "text", shown(text), "examples", examples));
        }
        Duration duration = Duration.ofDays(part(match, 1))
                .plusHours(part(match, 2))
                .plusMinutes(part(match, 3))
                .plusSeconds(part(match, 4));
        if (duration.isZero()) {
            throw new InvalidInputException(
                    Message.of("syntax.time-zero", "option", option, "text", shown(text), "examples", examples));
        }
        return duration;
    }

    private static long part(Matcher match, int group) {
        String digits = match.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String shown(String text) {
        return new RouterText(text).display();
    }
}
