package dev.ajar.model;

import java.util.Optional;
import java.util.function.Function;

/** The result of a request: a value, or the reason why there is none. */
public sealed interface Result<T> {
    record Ok<T>(T value) implements Result<T> {}

    record Err<T>(Failure failure) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> err(Failure failure) {
        return new Err<>(failure);
    }

    default <U> Result<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(change.apply(value));
            case Err<T>(Failure failure) -> new Err<>(failure);
        };
    }

    default <U> Result<U> flatMap(Function<? super T, Result<U>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Err<T>(Failure failure) -> new Err<>(failure);
        };
    }

    default Optional<T> toOptional() {
        return switch (this) {
            case Ok<T>(T value) -> Optional.of(value);
            case Err<T> ignored -> Optional.empty();
        };
    }
}
