package dev.ajar.lab;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A program whose classes the build's InlineBootstraps changes: what it prints must stay as it is. */
final class StartSample {
    private StartSample() {}

    sealed interface Shape {}

    record Nothing() implements Shape {}

    record Circle(double radius, float turn) implements Shape {}

    record Named(String name, List<String> others, int[] corners) implements Shape {}

    record Small(boolean yes, byte one, char letter, short two, int four, long eight) implements Shape {}

    /** A switch in an interface. */
    interface Judge {
        default String judge(Object given) {
            return switch (given) {
                case Nothing() -> "nothing";
                case Circle(double radius, float ignored) when radius > 1 -> "large";
                case Circle circle -> "circle " + circle.radius();
                case Named(String name, List<String> others, int[] corners) when corners.length > 2 -> name + others;
                case Named(String name, List<String> ignored, int[] alsoIgnored) -> name;
                case Shape shape -> "other";
                case String text when text.isEmpty() -> "empty";
                case CharSequence text -> "text of " + text.length();
                case int[] numbers -> Arrays.toString(numbers);
                default -> "unknown";
            };
        }
    }

    private static String known(Object given) {
        return switch (given) {
            case null -> "null";
            case Thread.State.NEW -> "the first state";
            case Integer number when number == 5 -> "five";
            case Integer number -> "number";
            case Thread.State state -> state.name();
            default -> "unknown";
        };
    }

    public static void main(String[] args) {
        int[] triangle = {1, 2, 3};
        List<Object> all = List.of(
                new Nothing(),
                new Nothing(),
                new Circle(0.0, 1),
                new Circle(-0.0, 1),
                new Circle(Double.NaN, Float.NaN),
                new Circle(Double.NaN, Float.NaN),
                new Circle(2, 3),
                new Named("three", List.of("a"), triangle),
                new Named("three", List.of("a"), triangle),
                new Named("two", List.of(), new int[] {1, 2}),
                new Small(true, (byte) -1, 'x', (short) 2, 4, 8),
                new Small(true, (byte) -1, 'x', (short) 2, 4, 8),
                new Small(false, (byte) -1, 'x', (short) 2, 4, 1L << 40),
                "",
                "text",
                Thread.State.BLOCKED,
                CharBuffer.wrap("abc"),
                triangle,
                5,
                6,
                Thread.State.NEW,
                4.5);
        Judge judge = new Judge() {};
        for (Object one : all) {
            String equal =
                    all.stream().map(other -> one.equals(other) ? "1" : "0").collect(Collectors.joining());
            boolean stable = one instanceof Record && !(one instanceof Named);
            System.out.println(
                    judge.judge(one) + " " + known(one) + " " + equal + " " + (stable ? one.hashCode() : "-"));
        }
        System.out.println(known(null) + " " + new Named(null, null, null).equals(new Named(null, null, null)) + " "
                + new Named(null, null, null).hashCode());
        try {
            judge.judge(null);
        } catch (NullPointerException e) {
            System.out.println("null is refused");
        }
    }
}
