package dev.ajar.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * No input, however hostile, may cost a parser much work. What is counted is the thread's own processor time, which a
 * busy machine does not lengthen: a wall clock would measure the other processes.
 */
public final class WorkLimit {
    /** Many times what any input costs; an input whose cost grows with the square of its length goes far beyond. */
    private static final Duration MOST = Duration.ofSeconds(5);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WorkLimit() {}

    /** What one piece of work cost its thread. */
    public record Cost(Duration processor, long allocatedBytes) {}

    /**
     * @param work done on the calling thread
     * @throws AssertionError if it took too much processor time
     */
    public static Cost run(Runnable work) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begin = THREADS.getCurrentThreadCpuTime();
        work.run();
        Duration processor = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
        Cost cost = new Cost(processor, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        if (processor.compareTo(MOST) > 0) {
            throw new AssertionError("that is too much work: " + cost);
        }
        return cost;
    }
}
