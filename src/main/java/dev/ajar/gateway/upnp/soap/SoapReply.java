package dev.ajar.gateway.upnp.soap;

import dev.ajar.model.Failure;
import dev.ajar.model.RouterText;
import java.util.function.Function;

/** How the call of an action ended. */
public sealed interface SoapReply<T> {
    record Success<T>(T value) implements SoapReply<T> {}

    /** The router refused. */
    record Fault<T>(int code, RouterText description) implements SoapReply<T> {}

    /** No answer, or none that can be understood. */
    record Broken<T>(Failure failure) implements SoapReply<T> {}

    default <U> SoapReply<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Success<T>(T value) -> new Success<>(change.apply(value));
            case Fault<T>(int code, RouterText description) -> new Fault<>(code, description);
            case Broken<T>(Failure failure) -> new Broken<>(failure);
        };
    }
}
