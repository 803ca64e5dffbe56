package dev.ajar.keeper;

import dev.ajar.model.MappingProtocol;
import dev.ajar.testing.Samples;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;

/**
 * Measures the processor time of the keeper with a simulated router in simulated time, for 50 and for 1,000 mappings,
 * and their ratio. {@code test-fixtures/bench/plan.sh} runs it; the exit code is 1 if the goal is missed.
 */
final class KeepingCost {
    private static final int FEW = 50;
    private static final int MANY = 1000;

    /** The ratio of the two numbers of mappings. */
    private static final double GOAL = 20;

    private static final int ROUNDS = 6;
    private static final Duration KEEPING = Duration.ofHours(4);

    private KeepingCost() {}

    public static void main(String[] args) {
        boolean met = true;
        for (MappingProtocol method : Samples.PROTOCOLS.all()) {
            // The best of several rounds; the first ones warm up the compiler.
            double few = Double.MAX_VALUE;
            double many = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                few = Math.min(few, milliseconds(method, FEW));
                many = Math.min(many, milliseconds(method, MANY));
            }
            boolean enough = many / few <= GOAL;
            met &= enough;
            System.out.printf(
                    "%-8s %d mappings %8.1f ms, %d mappings %8.1f ms: ratio %5.1f, goal <= %.0f  %s%n",
                    method.title(), FEW, few, MANY, many, many / few, GOAL, enough ? "met" : "missed");
        }
        System.exit(met ? 0 : 1);
    }

    /** The time of this thread alone, so that other load on the machine makes no difference. */
    private static double milliseconds(MappingProtocol method, int mappings) {
        SimWorld world = new SimWorld(9, Set.of(method));
        for (int i = 0; i < mappings; i++) {
            world.want(10_000 + i, Duration.ofHours(2));
        }
        world.untilAllUp(Duration.ofHours(1));
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        world.run(KEEPING);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6;
    }
}
