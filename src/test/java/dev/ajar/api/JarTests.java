package dev.ajar.api;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A program: runs the library's tests against the jar on its path, without a test engine beside it. */
final class JarTests {
    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    private static final List<Supplier<LibraryTests>> CLASSES =
            List.of(AjarTest::new, AjarStateFileTest::new, AjarCallbacksTest::new, AjarDefectTest::new);

    private JarTests() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        OUT.println("Library " + Ajar.class.getModule() + " from "
                + Ajar.class.getProtectionDomain().getCodeSource().getLocation());
        List<String> failed = new ArrayList<>();
        int passed = 0;
        for (Supplier<LibraryTests> kind : CLASSES) {
            for (Method test : kind.get().getClass().getDeclaredMethods()) {
                if (!test.isAnnotationPresent(Test.class)) {
                    continue;
                }
                if (passes(kind.get(), test)) {
                    passed++;
                } else {
                    failed.add(test.getName());
                }
            }
        }
        OUT.println(passed + " passed, " + failed.size() + " failed " + failed);
        System.exit(failed.isEmpty() && passed > CLASSES.size() ? 0 : 1);
    }

    private static boolean passes(LibraryTests instance, Method test) throws ReflectiveOperationException, IOException {
        instance.folder = Files.createTempDirectory("ajar-jar-tests");
        test.setAccessible(true);
        try {
            test.invoke(instance);
            return true;
        } catch (InvocationTargetException e) {
            e.printStackTrace(OUT);
            return false;
        } finally {
            instance.switchOff();
        }
    }
}
