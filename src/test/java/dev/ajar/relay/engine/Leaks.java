package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.relay.engine.loop.EventLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's leak detector at its strictest level, and its reports. */
final class Leaks {
    private static final int ROUNDS = 20;
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    private Leaks() {}

    /** To be called before the first buffer is allocated in this JVM. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // The method is abstract nevertheless.
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return newResourceLeakDetector(resource, samplingInterval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
                return new Reporting<>(resource, samplingInterval);
            }
        });
    }

    private static final class Reporting<T> extends ResourceLeakDetector<T> {
        Reporting(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resource, String records) {
            FOUND.add(resource + records);
        }

        @Override
        protected void reportUntracedLeak(String resource) {
            FOUND.add(resource);
        }
    }

    /**
     * The leaks since the last call. A leak is reported once the buffer has been collected and another is allocated.
     */
    static List<String> found(EventLoops eventLoops) {
        for (int i = 0; i < ROUNDS && FOUND.isEmpty(); i++) {
            System.gc();
            ByteBuf buffer = eventLoops.allocator().directBuffer(16);
            buffer.release();
        }
        List<String> found = List.copyOf(FOUND);
        FOUND.removeAll(found);
        return found;
    }

    static void assertNone() {
        try (EventLoops eventLoops = EventLoops.of(false, 1)) {
            assertThat(found(eventLoops)).isEmpty();
        }
    }
}
