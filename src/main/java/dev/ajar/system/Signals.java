package dev.ajar.system;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The signals other processes send us. The JDK's class for them is not part of the platform's API, though it has been
 * there since 1.2; it is reached by reflection so that its absence would be a value and not a failure to start.
 */
public final class Signals {
    private Signals() {}

    /**
     * Hears {@code name}, such as {@code TERM}, from now on instead of what the system would do.
     *
     * @param heard told the signal's name, on a thread of its own
     * @return whether it can be heard
     */
    public static boolean hear(String name, Consumer<String> heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> answer(proxy, method, arguments, name, heard));
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Object which = lookup.unreflectConstructor(signal.getConstructor(String.class))
                    .invoke(name);
            lookup.unreflect(signal.getMethod("handle", signal, handler)).invoke(which, listener);
            return true;
        } catch (Throwable e) {
            // Not on this system, or the JVM keeps this signal for itself.
            return false;
        }
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, String name, Consumer<String> heard) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            // Each handler is made for one call of hear() and equals no other.
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "toString" -> "handler of " + name;
            default -> {
                heard.accept(name);
                yield proxy;
            }
        };
    }
}
